"""Turns results into text for people and documents for machines; each format is one file."""
