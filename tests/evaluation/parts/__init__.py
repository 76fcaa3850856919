"""The parts of understanding by themselves: which tramite, and which aspect. For causes; `make eval` has the last word."""
