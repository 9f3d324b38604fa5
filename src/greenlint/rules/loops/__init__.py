"""Loops whose cost grows faster than their input."""
