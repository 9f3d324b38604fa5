"""GL512, after: fifty visits; the server names the version of its file and answers 304 to clients that have it. The size is
that of the file in kB. Plain http.server: the rule itself is about web frameworks."""

import sys

from program import main

main(int(sys.argv[1]), '"1"')
