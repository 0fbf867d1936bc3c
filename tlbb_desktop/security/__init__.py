"""Keys and who holds them, the field cipher, the audit chain and the permission table: no database, no window."""
