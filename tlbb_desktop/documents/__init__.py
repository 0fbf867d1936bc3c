"""Paper and files from plain dataclasses; no database, no window."""
