"""GL704, after: a program that sleeps for good, ended from outside. The size is its life time in milliseconds."""

import subprocess
import sys
import time

PROGRAM = """
import threading
threading.Event().wait()
"""


def main(size: int) -> None:
    child = subprocess.Popen([sys.executable, "-c", PROGRAM])
    time.sleep(size / 1000)
    child.kill()
    child.wait()
    print("stopped")


main(int(sys.argv[1]))
