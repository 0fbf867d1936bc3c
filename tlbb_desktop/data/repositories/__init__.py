"""Writes of whole records."""
