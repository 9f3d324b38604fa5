"""GL510, after: five clients show twenty items of a list endpoint that answers
with a page. The size is the
number of rows. Plain http.server and SQLite: the rule itself is about views of web frameworks."""

import sys

from program import main

main(int(sys.argv[1]), "/items?limit=20")
