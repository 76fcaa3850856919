"""Words that say plainly what is wanted, in both languages: where they stand, no classifier is asked."""
