"""The citizen's credential: shown once, kept as a digest, compared in constant time."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """256 random bits; a plain digest is enough to keep it, for there is nothing to guess."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def matches(token: str, kept: str) -> bool:
    return hmac.compare_digest(digest(token), kept)
