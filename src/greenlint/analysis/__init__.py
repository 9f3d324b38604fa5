"""Pure statistics and arithmetic over the model; nothing here reads a file or a clock."""
