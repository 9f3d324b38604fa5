"""GL317: folders made by a process each. The size is the number of folders."""

import os
import subprocess
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(size):
            subprocess.run(["mkdir", "-p", os.path.join(folder, str(number))], check=True)
        print(len(os.listdir(folder)))


main(int(sys.argv[1]))
