"""Its place puts this folder on the import path: what the tests of several folders share is in `shell.py` beside it.

Property tests draw the same examples in every run of the suite: a red build then means that the change broke something.
`make search` draws new ones; what it finds becomes a repair and an example of its own.
"""

import os

from hypothesis import settings

settings.register_profile("repeat", derandomize=True)
settings.register_profile("search", print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))
