"""Rules about CPU and memory that are spent for nothing: caches, copies, log messages."""
