"""How data is kept: engine, transactions, audit, search, backup, attachments; the only place that knows SQLite."""
