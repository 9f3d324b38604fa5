"""GL103: start a program whose module holds N classes in use and N that nothing names.

The module is written once and compiled by the first of ten starts; the others load the compiled file.
"""

import sys

from program import main

main(int(sys.argv[1]), unused=True)
