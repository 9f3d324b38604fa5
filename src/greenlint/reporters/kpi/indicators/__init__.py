"""The indicators: one file each, `k<number>_<name>.py` with a function `tile`; dropping a file in adds it to the page."""
