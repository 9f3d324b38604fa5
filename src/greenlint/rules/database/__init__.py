"""Rows and queries that are fetched for nothing."""
