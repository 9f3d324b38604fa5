"""Its place puts this folder on the import path: what the tests of several folders share is in `shell.py` beside it."""
