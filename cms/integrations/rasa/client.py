"""The one door to the assistant: a turn goes out, typed decisions come back, within a fixed time in all."""

import json
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import httpx
from django.conf import settings
from pydantic import ValidationError

from cms.connections import waiting
from cms.integrations.rasa.breaker import Breaker
from cms.integrations.rasa.errors import (
    RasaError,
    RasaGarbled,
    RasaRefused,
    RasaResting,
    RasaTimeout,
    RasaUnreachable,
)
from cms.integrations.rasa.schemas import TurnRequest, TurnResponse

PATH = "/webhooks/mac/webhook"
CONNECT_SECONDS = 1.0
MOST_AT_ONCE = 64
MOST_BYTES = 64 * 1024
# Three failures in a row are no accident; five seconds of search answers, then one citizen's turn tries again.
MOST_FAILURES = 3
REST_SECONDS = 5.0


class RasaClient:
    """Speaks with one assistant. Pools its connections; safe between threads."""

    def __init__(self, url: str, token: str, turn_seconds: float) -> None:
        self._turn_seconds = turn_seconds
        self._breaker = Breaker(most_failures=MOST_FAILURES, rest_seconds=REST_SECONDS)
        # httpx limits each step of an exchange, not the whole: a slow drip would last for ever. The whole is
        # limited by waiting for a thread no longer than the budget.
        self._threads = ThreadPoolExecutor(max_workers=MOST_AT_ONCE, thread_name_prefix="rasa")
        self._http = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            timeout=httpx.Timeout(turn_seconds, connect=min(CONNECT_SECONDS, turn_seconds)),
            limits=httpx.Limits(max_connections=MOST_AT_ONCE, max_keepalive_connections=MOST_AT_ONCE // 2),
            trust_env=False,
        )

    def ask(self, request: TurnRequest) -> TurnResponse:
        """The decisions of one turn; raises RasaError, at the latest when the time of a turn is over."""
        if not self._breaker.allows():
            raise RasaResting(
                "the assistant failed several times in a row and is left alone for some seconds"
            )
        try:
            response = self._answer_in_time(request)
        except RasaError:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return response

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._http.close()

    def _answer_in_time(self, request: TurnRequest) -> TurnResponse:
        asked: Future[TurnResponse] = self._threads.submit(self._exchange, request.model_dump(mode="json"))
        try:
            # Who is asked asks the content service in turn.
            with waiting():
                return asked.result(timeout=self._turn_seconds)
        except TimeoutError as error:
            asked.cancel()
            raise RasaTimeout(f"no answer within {self._turn_seconds} s") from error

    def _exchange(self, body: dict[str, Any]) -> TurnResponse:
        try:
            content = self._content(json.dumps(body))
        except httpx.TimeoutException as error:
            raise RasaTimeout(f"no answer within {self._turn_seconds} s") from error
        except httpx.HTTPError as error:
            raise RasaUnreachable(f"{type(error).__name__} at {self._http.base_url}") from error
        try:
            return TurnResponse.model_validate_json(content)
        except ValidationError as error:
            # The errors are told without what was received: it may repeat the citizen's words.
            raise RasaGarbled(f"not the agreed shape: {error.error_count()} errors") from None

    def _content(self, body: str) -> bytes:
        """The whole answer; gives up on one that is too long or drips, so that no thread is held for ever."""
        ends_at = time.monotonic() + self._turn_seconds
        content = b""
        with self._http.stream("POST", PATH, content=body) as response:
            if response.status_code != httpx.codes.OK:
                raise RasaRefused(f"the assistant answered {response.status_code}")
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > MOST_BYTES or time.monotonic() > ends_at:
                    raise RasaGarbled(f"{len(content)} bytes and no end")
        return content


@lru_cache(maxsize=4)
def _client(url: str, token: str, turn_seconds: float) -> RasaClient:
    return RasaClient(url, token, turn_seconds)


def client() -> RasaClient:
    """The client of the settings in force; made once per process."""
    return _client(settings.RASA_URL, settings.ASSISTANT_TOKEN, settings.ASSISTANT_TURN_SECONDS)
