"""Data that is loaded and never needed."""
