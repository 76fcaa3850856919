"""The portal's own page holds its conversation in a cookie that no script and no other site can use."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from cms.conversations.errors import ConversationNotFound
from cms.conversations.models import Conversation
from cms.conversations.queries import conversation_of

NAME = "mac_chat"
SALT = "mac.chat"
# What has just been done to a conversation that is no longer there to say so itself.
DONE = "mac_chat_done"
DONE_KEPT_SECONDS = 300
# On a shared computer nobody closes anything: the browser forgets it at its end, and we after a day at the latest.
KEPT_SECONDS = 24 * 3600
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Credentials:
    conversation_id: str
    token: str


def remember(response: HttpResponse, credentials: Credentials) -> None:
    """Sets the cookie: signed, unreadable for scripts, sent to no other site, gone when the browser is closed."""
    value = signing.dumps([credentials.conversation_id, credentials.token], salt=SALT)
    response.set_cookie(
        NAME,
        value,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, done: str) -> None:
    """Takes the conversation off this browser; the next page of it says what was `done`, and no page after that."""
    response.delete_cookie(NAME, samesite="Lax")
    response.set_cookie(
        DONE,
        done,
        max_age=DONE_KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def done_before(request: HttpRequest) -> str:
    return request.COOKIES.get(DONE, "")


def said_so(response: HttpResponse) -> None:
    response.delete_cookie(DONE, samesite="Lax")


def read_credentials(request: HttpRequest) -> Credentials | None:
    """What the cookie holds; None when there is none, it is too old, or it is not ours."""
    try:
        kept: Any = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=KEPT_SECONDS)
        conversation_id, token = kept
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Credentials(str(conversation_id), str(token))


def current_conversation(request: HttpRequest) -> Conversation | None:
    """The conversation of this browser, for pages rendered here; forms that change it carry Django's CSRF token."""
    credentials = read_credentials(request)
    if credentials is None:
        return None
    try:
        return conversation_of(credentials.conversation_id, credentials.token)
    except ConversationNotFound:
        return None


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours made this request.

    Every browser says so on requests that change something, by `Sec-Fetch-Site` or at least by `Origin`.
    Silence is not taken for consent; reading is safe, because no other origin may see the answer.
    """
    if request.method in SAFE_METHODS:
        return True
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return _is_here(request, request.headers.get("Origin", ""))


def is_link_of_ours(request: HttpRequest) -> bool:
    """Whether a link on a page of ours was followed. What is not known counts as somebody else's."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return _is_here(request, request.headers.get("Referer", ""))


def _is_here(request: HttpRequest, address: str) -> bool:
    try:
        return bool(address) and urlsplit(address).netloc == request.get_host()
    except ValueError:
        return False
