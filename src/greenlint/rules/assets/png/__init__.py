"""A lossless PNG re-encoder in the standard library alone, after the PNG specification (W3C, third edition, 2025)."""
