"""The encrypted database: tables, list reads, writes, migrations, backups."""
