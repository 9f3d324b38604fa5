"""Comparing implementations: what is run, in which order, how its output is checked, and what the numbers say."""
