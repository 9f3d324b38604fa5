"""GL116: programs that import a star from a package that loads more when asked for all; the size is the number of starts."""

import subprocess
import sys

if len(sys.argv) > 1:
    for _ in range(int(sys.argv[1])):
        subprocess.run([sys.executable, __file__], check=True)
    print(sys.argv[1])
else:
    from concurrent.futures import *  # noqa: F403

    ThreadPoolExecutor()  # noqa: F405
