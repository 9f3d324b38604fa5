"""Requests that are made too often, too dearly, or for nothing."""
