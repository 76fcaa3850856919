"""What the assistant can do for a citizen: one file per goal. Every action gives typed results, never text."""
