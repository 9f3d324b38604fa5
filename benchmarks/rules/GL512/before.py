"""GL512: fifty visits, with the whole file each time. The size is
that of the file in kB. Plain http.server: the rule itself is about web frameworks."""

import sys

from program import main

main(int(sys.argv[1]), "")
