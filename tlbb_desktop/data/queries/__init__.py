"""List reads: Core selects of columns into frozen dataclasses."""
