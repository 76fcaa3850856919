"""A fee changes: from its publication until page, API, search and chat tell the new one, in both languages."""

import csv
import io
import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice

import httpx

from stack import keys
from stack.configuration import ROOT, Configuration
from stack.programs import CMS_PYTHON
from tests.evaluation.citizen import Citizen

_WITHIN_SECONDS = 30
_LOOK_SECONDS = 0.05
_REQUEST_SECONDS = 20
LANGUAGES = ("es", "qu")


class NotEverywhereError(AssertionError):
    """Some place did not tell the new fee in time, or tells the old one yet; the message names it."""


@dataclass(frozen=True)
class Fee:
    """A fee of the seed that is changed, and how citizens ask for it in either language."""

    codigo: str
    clave: str
    monto: str
    questions: Mapping[str, str]


FEES = (
    Fee(
        "reniec-dni-duplicado",
        "en-linea",
        "33.00",
        {"es": "¿Cuánto cuesta el duplicado de DNI?", "qu": "DNI duplicadoqa haykataq chanin?"},
    ),
    Fee(
        "migraciones-pasaporte",
        "tasa",
        "120.90",
        {"es": "¿Cuánto cuesta el pasaporte?", "qu": "Pasaporteqa haykataq chanin?"},
    ),
)


@dataclass(frozen=True)
class Change:
    """The amount of a fee and the name by which its ficha is found from now on, and those until now; `old_name` is "" for none."""

    fee: Fee
    new: str
    old: str
    name: str
    old_name: str

    @property
    def order(self) -> dict[str, str]:
        """What the publisher is told."""
        told = {"monto": self.new, "alias": self.name, "no_alias": self.old_name}
        return {"codigo": self.fee.codigo, "clave": self.fee.clave, **told}


def changes(count: int) -> Iterator[Change]:
    """Amounts and names nobody has, one ficha after the other."""
    before = {fee.codigo: (fee.monto, "") for fee in FEES}
    for number, fee in enumerate(islice(cycle(FEES), count)):
        new, name = f"{700 + number}.{10 + number}", _word(number)
        old, old_name = before[fee.codigo]
        before[fee.codigo] = (new, name)
        yield Change(fee, new, old, name, old_name)


def _word(number: int) -> str:
    """Words so far from one another that none is a slip of another."""
    return "zo" + "".join(chr(ord("a") + (number * step + step) % 26) for step in (1, 3, 7, 11, 17, 23))


@dataclass(frozen=True)
class Told:
    """What a place tells: whether the new, whether the old yet."""

    new: bool
    old: bool


class Reader:
    """Asks one system in every way there is; in one thread."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=_REQUEST_SECONDS, trust_env=False)
        self._citizen = Citizen(base_url)

    def close(self) -> None:
        self._http.close()
        self._citizen.close()

    def text(self, path: str, accept: str = "*/*") -> str:
        response = self._http.get(path, headers={"Accept": accept})
        if not response.is_success:
            raise NotEverywhereError(f"{path} answered {response.status_code}")
        return response.text

    def said(self, question: str) -> str:
        """All that is said to a citizen who asks, and nothing else, in a conversation of its own."""
        messages = self._citizen.start().hear(question)
        return " ".join(message["text"] for message in messages)

    def amount(self, text: str, change: Change) -> Told:
        return Told(change.new in text, change.old in text)

    def page(self, change: Change, locale: str) -> Told:
        return self.amount(self.text(f"/{locale}/tramites/{change.fee.codigo}/"), change)

    def aspect(self, change: Change, locale: str) -> Told:
        path = f"/api/v1/tramites/{change.fee.codigo}/aspectos/costo?locale={locale}"
        return self.amount(self.text(path), change)

    def ficha(self, change: Change, locale: str) -> Told:
        return self.amount(self.text(f"/api/v1/tramites/{change.fee.codigo}?locale={locale}"), change)

    def linked_data(self, change: Change, locale: str) -> Told:
        path = f"/api/v1/tramites/{change.fee.codigo}?locale={locale}"
        return self.amount(self.text(path, "application/ld+json"), change)

    def chat(self, change: Change, locale: str) -> Told:
        return self.amount(self.said(change.fee.questions[locale]), change)

    def search(self, change: Change, locale: str) -> Told:
        return self._named(change, f"/api/v1/search?locale={locale}&q=")

    def list(self, change: Change, locale: str) -> Told:
        return self._named(change, f"/api/v1/tramites?locale={locale}&q=")

    def _named(self, change: Change, path: str) -> Told:
        found = [
            bool(name) and change.fee.codigo in self.text(path + name)
            for name in (change.name, change.old_name)
        ]
        return Told(*found)

    def export(self, change: Change, form: str) -> Told:
        text = self.text(f"/api/v1/export/tramites.{form}")
        if form == "csv":
            own = (row for row in csv.DictReader(io.StringIO(text)) if row["codigo"] == change.fee.codigo)
        else:
            own = (row for row in map(json.loads, text.splitlines()) if row["codigo"] == change.fee.codigo)
        return self.amount(json.dumps(next(own)), change)


# What is asked again and again until it tells the new; the chat apart, since it takes its time. All that is given
# away as a whole is read once, at the end.
READINGS = ("page", "aspect", "ficha", "linked_data", "search", "list")
EXPORTS = ("jsonl", "csv")


@dataclass
class Publisher:
    """A process that publishes in the stack's name."""

    process: "subprocess.Popen[str]"

    def publish(self, change: Change) -> float:
        """The Unix time at which it was public."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(change.order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise NotEverywhereError("the publisher ended")
        return float(line)


@contextmanager
def publisher(configuration: Configuration) -> Iterator[Publisher]:
    environment = configuration.environment(os.environ, keys.load_or_make(configuration.data_dir, os.environ))
    command = [CMS_PYTHON, "-m", "tests.bench.publisher"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)
    try:
        yield Publisher(process)
    finally:
        process.communicate()


def measure(configuration: Configuration, count: int) -> dict[str, list[float]]:
    """Publishes `count` changes; by place, the seconds from each publication until the place told it.

    Raises NotEverywhereError for a place that does not come to it, or that tells the old when all tell the new.
    """
    seconds: dict[str, list[float]] = {}
    with (
        publisher(configuration) as editor,
        _readers(configuration.web_url) as readers,
        ThreadPoolExecutor(len(readers)) as threads,
    ):
        ordered = list(changes(count))
        for change in ordered:
            since = editor.publish(change)
            lanes = [threads.submit(_follow, lane, reader, change, since) for lane, reader in readers.items()]
            for place, found in (told for lane in lanes for told in lane.result().items()):
                seconds.setdefault(place, []).append(found)
            _check_the_old_is_gone(readers, change)
        reader = next(iter(readers.values()))
        for change in ordered[-len(FEES) :]:
            for form in EXPORTS:
                _check(reader, f"export {form}", change)
    return seconds


@contextmanager
def _readers(base_url: str) -> Iterator[dict[tuple[str, ...], Reader]]:
    """Who looks at what, side by side: pages and API, and the chat in either language."""
    lanes = (
        tuple(f"{name} {locale}" for name in READINGS for locale in LANGUAGES),
        ("chat es",),
        ("chat qu",),
    )
    readers = {lane: Reader(base_url) for lane in lanes}
    try:
        yield readers
    finally:
        for reader in readers.values():
            reader.close()


def _ask(reader: Reader, place: str, change: Change) -> Told:
    name, variant = place.split()
    told: Told = getattr(reader, name)(change, variant)
    return told


def _follow(lane: Sequence[str], reader: Reader, change: Change, since: float) -> dict[str, float]:
    """Asks the places of a lane in turn until each has told the new."""
    waiting, found = list(lane), dict[str, float]()
    while waiting:
        for place in list(waiting):
            if _ask(reader, place, change).new:
                found[place] = time.time() - since
                waiting.remove(place)
        if waiting and time.time() - since > _WITHIN_SECONDS:
            raise NotEverywhereError(
                f"{change.fee.codigo}: not {change.new} after {_WITHIN_SECONDS} s: {waiting}"
            )
        if waiting:
            time.sleep(_LOOK_SECONDS)
    return found


def _check_the_old_is_gone(readers: Mapping[tuple[str, ...], Reader], change: Change) -> None:
    for lane, reader in readers.items():
        for place in lane:
            _check(reader, place, change)


def _check(reader: Reader, place: str, change: Change) -> None:
    told = _ask(reader, place, change)
    if told.old or not told.new:
        said = f"tells {change.old} yet" if told.old else f"does not tell {change.new} any more"
        raise NotEverywhereError(f"{change.fee.codigo}: {place} {said}")
