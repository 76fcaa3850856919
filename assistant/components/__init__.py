"""Our components of Rasa's pipeline."""
