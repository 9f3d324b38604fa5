"""GL101, after: the same tool without the two imports, started N times."""

import subprocess
import sys


def main(size: str) -> None:
    if size == "once":
        print(7)
        return
    outputs = {subprocess.run([sys.executable, __file__, "once"], capture_output=True, check=True).stdout for _ in range(int(size))}
    print(outputs.pop().decode().strip())


main(sys.argv[1])
