"""The screen of content health, and the way from a row to its cure."""
