"""GL102, after: the same program without the functions that nothing calls.

The module is written once and compiled by the first of twenty starts; the others load the compiled file.
"""

import sys

from program import main

main(int(sys.argv[1]), unused=False)
