"""Times of pages, the content API and conversations, one citizen at a time."""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence

import httpx

from tests.bench.sheet import Taken
from tests.evaluation.citizen import Citizen, Heard
from tests.evaluation.figures import percentile

WARM_UP = 5
_REQUEST_SECONDS = 20
# A trámite nobody has, so that nothing but its publication lets it be found.
NEW_CODIGO = "medicion-constancia-zorzales"
NEW_NAME = "Constancia de avistamiento de zorzales"
PATTERN = "reniec-dni-duplicado"
_PUBLISHED_SECONDS = 30
_LOOK_SECONDS = 0.05
_MESSAGES = 80
_MESSAGES_IN_A_CONVERSATION = 8


class WrongReplyError(Exception):
    """What was timed did not do what it should, so its time says nothing."""


class Visitor:
    """Asks one server, over a connection that is kept; with cookies, as whoever they belong to."""

    def __init__(self, base_url: str, cookies: dict[str, str] | None = None) -> None:
        self._client = httpx.Client(
            base_url=base_url, timeout=_REQUEST_SECONDS, trust_env=False, cookies=cookies
        )

    def get(self, path: str, **params: str) -> httpx.Response:
        """Raises WrongReplyError for anything but a 200."""
        response = self._client.get(path, params=params)
        if response.status_code != httpx.codes.OK:
            raise WrongReplyError(f"{path} answered {response.status_code}")
        return response

    def milliseconds(self, paths: Sequence[str]) -> list[float]:
        """The time of each, after the first few once without counting."""
        for path in paths[:WARM_UP]:
            self.get(path)
        return [self._timed(path) for path in paths]

    def _timed(self, path: str) -> float:
        started = time.perf_counter()
        self.get(path)
        return 1000 * (time.perf_counter() - started)

    def close(self) -> None:
        self._client.close()


def complete_fichas(visitor: Visitor) -> dict[str, str]:
    """The name of every ficha of `nivel` completa by its codigo: those people read and ask about."""
    rows: list[dict[str, str]] = []
    while True:
        page = visitor.get("/api/v1/tramites", limit="100", offset=str(len(rows))).json()
        rows += page["results"]
        if not page["results"] or len(rows) >= page["count"]:
            break
    found = {row["codigo"]: row["nombre"] for row in rows if row["nivel"] == "completa"}
    if not found:
        raise WrongReplyError("no ficha of nivel completa is published")
    return found


def p95(times: Sequence[float], what: str) -> Taken:
    middle = percentile(times, 50)
    return Taken(percentile(times, 95), f"{len(times)} {what}, p50 {middle:.1f} ms")


def questions_heard(base_url: str, names: Sequence[str]) -> list[Heard]:
    """Replies to questions about these tramites, with the seconds from sending each to having it stored.

    Raises WrongReplyError when a question was left without any reply.
    """
    citizen = Citizen(base_url)
    heard: list[Heard] = []
    try:
        questions = _questions(names)
        for _ in range(-(-(_MESSAGES + WARM_UP) // _MESSAGES_IN_A_CONVERSATION)):
            talk = citizen.start()
            for _ in range(_MESSAGES_IN_A_CONVERSATION):
                heard.append(talk.say(next(questions)))
                if heard[-1].reply.silent:
                    raise WrongReplyError("a question was left without a reply")
    finally:
        citizen.close()
    return heard[WARM_UP:]


def _questions(names: Sequence[str]) -> Iterator[str]:
    """Two in Spanish for one in Quechua, each about another tramite."""
    forms = itertools.cycle(("¿Cuánto cuesta {}?", "¿Qué necesito para {}?", "{} haykataq chanin?"))
    for form, name in zip(forms, itertools.cycle(names), strict=False):
        yield form.format(name)


def seconds_until(done: Callable[[], bool], since: float) -> float:
    """From the Unix time `since` until `done`; raises WrongReplyError when it does not come."""
    deadline = time.monotonic() + _PUBLISHED_SECONDS
    while not done():
        if time.monotonic() > deadline:
            raise WrongReplyError(f"not yet after {_PUBLISHED_SECONDS} s")
        time.sleep(_LOOK_SECONDS)
    return time.time() - since


def is_found(visitor: Visitor) -> bool:
    """Whether the search knows the ficha that was just published."""
    results = visitor.get("/api/v1/search", q=NEW_NAME).json()["results"]
    return any(result["codigo"] == NEW_CODIGO for result in results)


def is_answered(citizen: Citizen) -> bool:
    """Whether the assistant tells its fee when asked by its name."""
    heard = citizen.start().say(f"¿Cuánto cuesta la {NEW_NAME.lower()}?")
    return any(fact.subject == NEW_CODIGO for fact in heard.reply.answers)
