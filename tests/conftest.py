"""Its place puts this folder on the import path: what the tests of several folders share is in `shell.py` beside it.

Property tests draw the same examples in every run of the suite: a red build then means that the change broke something.
`make search` draws new ones; what it finds becomes a repair and an example of its own.
"""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests: one of them at the end would keep one core waiting for the other."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long an example takes says how busy the machine is."""
settings.register_profile("repeat", settings.get_profile("patient"), derandomize=True)
settings.register_profile("search", settings.get_profile("patient"), print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))

os.environ["PYTEST_ADDOPTS"] = "-p no:hypothesispytest"
"""For the hundreds of pytest processes that tests start: its plug-in is half of such a start, and no suite in them uses it."""

os.environ.pop("GREENLINT_CACHE_DIR", None)  # of whoever runs the tests

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background of a shell; children inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)
