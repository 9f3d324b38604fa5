"""What `greenlint gate --base` found, one format in each file."""
