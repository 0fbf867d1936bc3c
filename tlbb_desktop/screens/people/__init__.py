"""People: the list, the form, comparing two records, taking in a list."""
