"""What `greenlint bench` found, and what `greenlint doctor --aa` says of the machine."""
