"""GL510: five clients show twenty items of a list endpoint that answers with the whole table. The size is the
number of rows. Plain http.server and SQLite: the rule itself is about views of web frameworks."""

import sys

from program import main

main(int(sys.argv[1]), "/items")
