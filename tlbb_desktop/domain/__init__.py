"""Values, rules, commands and errors of the field: pure Python, no input or output."""
