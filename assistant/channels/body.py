"""The typed, bounded body of one turn; anything else is refused before Rasa sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lenguas.normalise import clean

MAX_BYTES = 64 * 1024
MAX_TEXT = 4000
MAX_NAME = 200
MAX_OPTIONS = 20
MAX_EARLIER = 12
LOCALES = ("es", "qu")


class BodyError(Exception):
    """The body cannot be used; `status` is the HTTP status and the message says what to send."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Incoming:
    """One message of a citizen with the context the content service keeps."""

    sender: str
    text: str
    metadata: dict[str, Any]


def read(body: bytes) -> Incoming:
    """The turn in `body`. Raises BodyError (400 or 413)."""
    if len(body) > MAX_BYTES:
        raise BodyError(413, f"The body may have {MAX_BYTES} bytes at most.")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise BodyError(400, "The body must be JSON in UTF-8.") from None
    if not isinstance(data, dict):
        raise BodyError(400, "The body must be a JSON object.")
    return Incoming(_sender(data), _text(data), _metadata(data.get("metadata")))


def plain_text(text: str) -> str:
    """`text` without invisible characters and without leading slashes.

    Rasa takes a text that begins with "/" for an intent written out, which a citizen must not be able to send.
    """
    return clean(text).strip().lstrip("/ \t\r\n\u00a0").strip()


def _sender(data: dict[str, Any]) -> str:
    sender = data.get("sender")
    if not isinstance(sender, str) or not 1 <= len(sender) <= MAX_NAME:
        raise BodyError(400, f"'sender' must be a text of 1 to {MAX_NAME} characters.")
    return sender


def _text(data: dict[str, Any]) -> str:
    text = data.get("message")
    if not isinstance(text, str) or not text.strip():
        raise BodyError(400, "'message' must be a text that is not empty.")
    if len(text) > MAX_TEXT:
        raise BodyError(413, f"'message' may have {MAX_TEXT} characters at most.")
    return plain_text(text)


def _metadata(given: Any) -> dict[str, Any]:
    if given is None:
        given = {}
    if not isinstance(given, dict):
        raise BodyError(400, "'metadata' must be an object.")
    return {name: _checked(name, given.get(name), *rule) for name, rule in _METADATA.items()}


def _checked(name: str, value: Any, default: Any, fits: Callable[[Any], bool], shape: str) -> Any:
    if value is None:
        return default
    if not fits(value):
        raise BodyError(400, f"'metadata.{name}' must be {shape}.")
    return value


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_NAME


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MAX_EARLIER and all(_is_name(item) for item in value)


def _is_option(value: Any) -> bool:
    names = ("codigo", "aspecto", "sede")
    return isinstance(value, dict) and all(value.get(name) is None or _is_name(value[name]) for name in names)


def _are_options(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MAX_OPTIONS and all(_is_option(item) for item in value)


def _are_texts(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= MAX_EARLIER
        and all(isinstance(item, str) and len(item) <= MAX_TEXT for item in value)
    )


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


_METADATA: dict[str, tuple[Any, Callable[[Any], bool], str]] = {
    "locale": (None, lambda value: value in LOCALES, "'es' or 'qu'"),
    "locale_chosen": (False, lambda value: isinstance(value, bool), "true or false"),
    "codigo": (None, _is_name, "a short text or null"),
    "aspecto": (None, _is_name, "a short text or null"),
    "sede": (None, _is_name, "a short text or null"),
    "options": ([], _are_options, f"a list of at most {MAX_OPTIONS} objects with codigo, aspecto, sede"),
    "misses": (0, _is_count, "a number of at least 0"),
    "earlier": ([], _are_texts, f"a list of at most {MAX_EARLIER} texts"),
    "offered": ([], _are_options, f"a list of at most {MAX_OPTIONS} objects with codigo, aspecto, sede"),
    "unanswered": (False, lambda value: isinstance(value, bool), "true or false"),
    "told": ([], _are_names, f"a list of at most {MAX_EARLIER} short texts"),
}
