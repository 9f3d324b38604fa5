"""One data file for each framework, named like the package that a project imports; see `greenlint.source.frameworks`."""
