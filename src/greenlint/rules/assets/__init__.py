"""Assets: bytes that are stored and sent for nothing."""
