"""GL317, after: folders made by this process."""

import os
import subprocess
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(size):
            os.makedirs(os.path.join(folder, str(number)), exist_ok=True)
        print(len(os.listdir(folder)))


assert subprocess
main(int(sys.argv[1]))
