"""Options of commands: those that are shared, and those made from the arguments of a start."""
