"""Bench of GL506: what a client that refuses compression pays for it on the wire, and saves in CPU time.

python benchmarks/rules/GL506/bench.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from compressed_json import Side, table

table(Side("identity", compresses=True), Side("gzip", compresses=True))
