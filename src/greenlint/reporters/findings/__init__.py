"""The formats of `greenlint check`: every file here is one, named as the user writes it."""
