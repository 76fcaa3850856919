"""A citizen at the conversation API: starts conversations, writes, waits for the reply, keeps to the limits."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from tests.evaluation import observed
from tests.evaluation.observed import Reply

# Of the 300 a minute that one address may start.
_STARTS_PER_MINUTE = 285
_REQUEST_SECONDS = 20
_PENDING_SECONDS = 30
_POLL_SECONDS = 0.3
_MOST_REFUSALS = 3


class ConversationError(Exception):
    """The API refused or did not answer; the message says what it said."""


class Pace:
    """Spreads what several threads do evenly over time."""

    def __init__(self, per_minute: int) -> None:
        self._gap = 60 / per_minute
        self._next = time.monotonic()
        self._lock = threading.Lock()

    def wait(self) -> None:
        with self._lock:
            at = max(self._next, time.monotonic())
            self._next = at + self._gap
        time.sleep(max(0.0, at - time.monotonic()))


@dataclass(frozen=True)
class Heard:
    """A reply, and the seconds from sending the message to having all of it."""

    reply: Reply
    seconds: float


class Talk:
    """One conversation."""

    def __init__(self, client: httpx.Client, id_: str, token: str) -> None:
        self._client = client
        self._path = f"/api/v1/conversations/{id_}"
        self._headers = {"Authorization": f"Bearer {token}"}

    def say(self, text: str) -> Heard:
        """Sends the text; raises ConversationError when there is no reply in half a minute."""
        started = time.monotonic()
        messages = self.hear(text)
        return Heard(observed.read(messages), time.monotonic() - started)

    def hear(self, text: str) -> list[Mapping[str, Any]]:
        """All that is said to the text, as the API tells it."""
        body = {"client_id": uuid4().hex, "text": text}
        posted = self._call("POST", f"{self._path}/messages", json=body)
        return self._wait(posted["message"]["seq"]) if posted["pending"] else list(posted["messages"])

    def close(self) -> None:
        """Takes back what was asked for, so that no person waits for a measurement."""
        self._call("POST", f"{self._path}/close")

    def _wait(self, seq: int) -> list[Mapping[str, Any]]:
        deadline = time.monotonic() + _PENDING_SECONDS
        while time.monotonic() < deadline:
            found = self._call("GET", f"{self._path}/messages", params={"after": seq})["messages"]
            if found:
                return list(found)
            time.sleep(_POLL_SECONDS)
        raise ConversationError(f"no reply in {_PENDING_SECONDS} s")

    def _call(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        return call(self._client, method, path, headers=self._headers, **request)


class Citizen:
    """Starts conversations, each with its language left to be noticed. Use one in each thread."""

    def __init__(self, base_url: str, pace: Pace | None = None) -> None:
        # Whatever proxy the environment names, it is not on the way to this machine's own ports.
        self._client = httpx.Client(base_url=base_url, timeout=_REQUEST_SECONDS, trust_env=False)
        self._pace = pace or Pace(_STARTS_PER_MINUTE)

    def close(self) -> None:
        self._client.close()

    def start(self) -> Talk:
        self._pace.wait()
        begun = call(self._client, "POST", "/api/v1/conversations", json={})
        return Talk(self._client, begun["id"], begun["token"])


def new_pace() -> Pace:
    """One for all threads of a run."""
    return Pace(_STARTS_PER_MINUTE)


def call(client: httpx.Client, method: str, path: str, **request: Any) -> dict[str, Any]:
    """The JSON answered; waits where the API says to. Raises ConversationError."""
    for _ in range(_MOST_REFUSALS):
        try:
            response = client.request(method, path, **request)
        except httpx.HTTPError as error:
            raise ConversationError(f"{method} {path.rsplit('/', 1)[-1]}: {type(error).__name__}") from error
        if response.status_code != httpx.codes.TOO_MANY_REQUESTS:
            break
        time.sleep(float(response.headers.get("Retry-After", 5)))
    if not response.is_success:
        raise ConversationError(f"{method} {path.rsplit('/', 1)[-1]}: status {response.status_code}")
    document: dict[str, Any] = response.json()
    return document
