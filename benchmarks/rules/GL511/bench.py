"""Bench of GL511: what compressing its answers saves a server on the wire, and costs in CPU time.

python benchmarks/rules/GL511/bench.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from compressed_json import Side, table

table(Side("gzip", compresses=False), Side("gzip", compresses=True))
