"""What the sandbox remembers: its clock, ids, coins, settings, records and requests."""
