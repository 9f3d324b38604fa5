"""GL114: run a test suite of one test whose conftest.py holds N fixtures that nobody asks for."""

import sys

from program import main

main(int(sys.argv[1]), unused=True)
