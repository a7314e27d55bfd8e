"""The machine: PostgreSQL, connections, migrations. Knows nothing of health."""
