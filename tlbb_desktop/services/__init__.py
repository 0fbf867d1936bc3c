"""Use cases: each method is one act of a person. It checks the permission, writes, writes the audit row, commits."""
