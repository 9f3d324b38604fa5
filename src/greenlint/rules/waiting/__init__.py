"""Waiting that keeps a core awake."""
