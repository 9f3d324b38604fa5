"""GL101: start a small tool N times whose module imports asyncio and unittest.mock and uses neither."""

import asyncio
import subprocess
import sys
from unittest import mock


def main(size: str) -> None:
    if size == "once":
        print(7)
        return
    outputs = {subprocess.run([sys.executable, __file__, "once"], capture_output=True, check=True).stdout for _ in range(int(size))}
    print(outputs.pop().decode().strip())


main(sys.argv[1])
