"""The name under which a form's message is stored once. A client with a script makes its own names."""

import hashlib
from uuid import uuid4


def of_view(view: str, said: str) -> str:
    """One view of a page and one text are one message; another text from the same view (back, and again) is new.

    A form that does not say which view it is of cannot be told from the next one: its name is new each time.
    """
    page = "".join(character for character in view if character.isalnum())[:32] or uuid4().hex
    return f"{page}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
