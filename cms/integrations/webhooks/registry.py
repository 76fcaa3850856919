"""What subscribers are told of a change beyond the change itself. Who knows the subject registers here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cms.publishing.models import Change
from lenguas.normalise import fold


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about: the entities it concerns, and the address to read it at."""

    entidades: frozenset[str]
    url: str


@dataclass(frozen=True, slots=True)
class Topic:
    """`describe` finds the subject of a key, None where there is none; `entidades` are (code, name) to choose of."""

    describe: Callable[[str], Subject | None]
    entidades: Callable[[], Sequence[tuple[str, str]]]


_topics: dict[str, Topic] = {}


def register(topic: str, known: Topic) -> None:
    """Changes of topics nobody has registered are told to nobody."""
    _topics[topic] = known


def subject_of(change: Change) -> Subject | None:
    topic = _topics.get(change.topic)
    return topic.describe(change.key) if topic else None


def entity_choices() -> list[tuple[str, str]]:
    """In alphabetical order, whatever their case and accents."""
    every = {pair for topic in _topics.values() for pair in topic.entidades()}
    return sorted(every, key=lambda pair: fold(pair[1]))
