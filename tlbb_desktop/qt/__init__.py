"""Qt plumbing: translator, tasks, tables, theme, fonts, keys. Knows no screen and no service."""
