"""GL114, after: run the same test suite without the fixtures."""

import sys

from program import main

main(int(sys.argv[1]), unused=False)
