"""The version, as a plain constant: asking importlib.metadata for it costs 25 ms at start-up."""

__version__ = "0.1.0"
