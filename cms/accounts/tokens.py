"""A secret that lets in whoever has it, a citizen or the reader of a link: shown once, kept as a digest."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """256 random bits; a plain digest is enough to keep it, for there is nothing to guess."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def matches(token: str, kept: str) -> bool:
    """In constant time."""
    return hmac.compare_digest(digest(token), kept)
