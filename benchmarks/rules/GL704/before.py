"""GL704: a program kept alive by an empty loop, ended from outside. The size is its life time in milliseconds."""

import subprocess
import sys
import time

PROGRAM = """
while True:
    pass
"""


def main(size: int) -> None:
    child = subprocess.Popen([sys.executable, "-c", PROGRAM])
    time.sleep(size / 1000)
    child.kill()
    child.wait()
    print("stopped")


main(int(sys.argv[1]))
