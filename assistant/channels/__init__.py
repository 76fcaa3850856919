"""How the content service talks to the assistant."""
