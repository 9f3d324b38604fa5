"""GL116, after: programs that import the one name that they use."""

import subprocess
import sys

if len(sys.argv) > 1:
    for _ in range(int(sys.argv[1])):
        subprocess.run([sys.executable, __file__], check=True)
    print(sys.argv[1])
else:
    from concurrent.futures import ThreadPoolExecutor

    ThreadPoolExecutor()
