"""GL106, after: install the same program without the dependency.

Downloads are not part of it: this is what an installer does with packages that it has already.
"""

import sys

from program import main

main(int(sys.argv[1]), dependency=False)
