"""GL103, after: the same program without the classes that nothing names.

The module is written once and compiled by the first of ten starts; the others load the compiled file.
"""

import sys

from program import main

main(int(sys.argv[1]), unused=False)
