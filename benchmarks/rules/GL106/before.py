"""GL106: install a program of ten modules and a dependency of N modules that it never imports: unpack the wheels, compile them.

Downloads are not part of it: this is what an installer does with packages that it has already.
"""

import sys

from program import main

main(int(sys.argv[1]), dependency=True)
