"""What the terminal shows: tables, JSON, progress, advice, and the standard streams."""
