"""The Rasa project of the assistant: it decides what is asked and of which trámite; it never words an answer."""
