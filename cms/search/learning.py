"""Learns which ficha people mean (asked.py) from what they asked and from the names in force, with scikit-learn.

One linear support vector machine for each ficha against all others (Fan, Chang, Hsieh, Wang and Lin, LIBLINEAR: A Library
for Large Linear Classification, JMLR 9, 2008): it tells near neighbours apart by the few words in which they differ.

Twenty seconds are too long for a request: it is learnt when a node is prepared and every night (`learn_asked`), and read
from a file. Names published since are heard by the names alone until then. Without a file, as in a test, it is
learnt at once.
"""

import logging
import math
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from cms.search.asked import NO_FICHA, Asked, Change, Learnt, Terms, questions, terms, turns, weighed

COST = 0.5  # of a text on the wrong side (C); chosen on the questions to develop on
COST_OF_CHANGE = 3.0
RAREST = 2  # texts a term must be in, where there are MANY
MANY = 100
MOST_FICHAS = 600  # learnt: those people asked about before the others; each takes time and 50 kB
LEAST_FICHAS = 2
FORMAT = 2

logger = logging.getLogger(__name__)
Said = Sequence[tuple[str, Terms]]
Stamp = tuple[int, int] | None  # of a file: when it was changed, and its size; None without one


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as it was when it was read."""

    stamp: Stamp
    learnt: Learnt


_read: _Read | None = None  # one per process, replaced whole


def path() -> Path:
    """Where what was learnt is kept, beside the index."""
    return Path(settings.DATA_DIR) / "asked.npz"


def stamp() -> Stamp:
    """Of what is kept now: another one after it was learnt anew."""
    try:
        found = path().stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def taught(said: Mapping[str, Sequence[str]], names: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Codigo -> what people `said` when they meant it, and its `names`; of the fichas that have names here, and of none."""
    asked_about = [codigo for codigo in said if codigo in names]
    chosen = list(dict.fromkeys([*asked_about, *names]))[:MOST_FICHAS]
    found = {codigo: [*said.get(codigo, ()), *names[codigo]] for codigo in chosen}
    return {**found, NO_FICHA: list(said[NO_FICHA])} if NO_FICHA in said else found


def current(names: Callable[[], Mapping[str, Sequence[str]]]) -> Learnt:
    """What this node has learnt; from these names where it has learnt nothing yet.

    What cannot be read is said, and what was read before it stays.
    """
    global _read
    kept = stamp()
    if kept is not None:
        try:
            if _read is None or _read.stamp != kept:
                _read = _Read(kept, load(path()))
            return _read.learnt
        except Exception as error:  # a damaged archive fails in a dozen ways; nobody is left without search
            logger.warning("%s cannot be read (%s): run `python -m cms.manage learn_asked`.", path(), error)
            if _read is not None:
                return _read.learnt
    return _learnt(tuple((codigo, tuple(texts)) for codigo, texts in names().items()))


@lru_cache(maxsize=2)
def _learnt(names: tuple[tuple[str, tuple[str, ...]], ...]) -> Learnt:
    return learn_all(dict(names))


def learn_all(names: Mapping[str, Sequence[str]]) -> Learnt:
    """From what people asked, and codigo -> names in force."""
    return Learnt(learn(taught(questions(), names)), learn_change(turns()["sigue"], turns()["cambia"]))


def learn_change(stays: Sequence[str], changes: Sequence[str]) -> Change:
    """What tells those who turn to another ficha from those who go on about the same (logistic regression)."""
    # As below, only whoever learns needs it.
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize

    said = [*stays, *changes]
    counter = CountVectorizer(analyzer=lambda text: sorted(terms(text)[0]), binary=True, min_df=RAREST)
    rows = normalize(counter.fit_transform(said).astype(np.float64))
    model = LogisticRegression(C=COST_OF_CHANGE, max_iter=500).fit(
        rows, [False] * len(stays) + [True] * len(changes)
    )
    weights = dict(zip(counter.get_feature_names_out().tolist(), model.coef_[0].tolist(), strict=True))
    return Change(weights, float(model.intercept_[0]))


def learn(texts: Mapping[str, Iterable[str]]) -> Asked:
    """What tells these fichas apart: codigo -> texts. Of fewer than two nothing is learnt."""
    said = [(codigo, terms(text)) for codigo, of in sorted(texts.items()) for text in dict.fromkeys(of)]
    codigos = sorted({codigo for codigo, _parts in said})
    rarity = _rarity([parts for _codigo, parts in said])
    if len(codigos) < LEAST_FICHAS or not rarity:
        return Asked((), {}, np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    weights, base = _fitted(said, rarity)
    return Asked(tuple(codigos), rarity, weights, base)


def _rarity(texts: Sequence[Terms]) -> dict[str, float]:
    frequency = Counter(term for parts in texts for part in parts for term in part)
    least = RAREST if len(texts) >= MANY else 1
    return {
        term: 1.0 + math.log((1 + len(texts)) / (1 + count))
        for term, count in sorted(frequency.items())
        if count >= least
    }


def _fitted(said: Said, rarity: Mapping[str, float]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    # Only whoever learns needs them: they take a second and 80 MB.
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    places = {term: place for place, term in enumerate(rarity)}
    rows = [weighed(parts, rarity) for _codigo, parts in said]
    matrix = csr_matrix(
        (
            [weight for row in rows for weight in row.values()],
            [places[term] for row in rows for term in row],
            np.cumsum([0, *map(len, rows)]),
        ),
        shape=(len(rows), len(places)),
    )
    model = LinearSVC(C=COST, random_state=0).fit(matrix, [codigo for codigo, _parts in said])
    weights, base = model.coef_, model.intercept_
    if len(base) == 1:  # of two, scikit-learn gives what speaks for the second
        weights, base = np.vstack([-weights, weights]), np.hstack([-base, base])
    return np.ascontiguousarray(weights.T, np.float32), base.astype(np.float32)


def save(learnt: Learnt, file: Path) -> None:
    """Writes `file`, in place of an older one at once."""
    asked, change = learnt.asked, learnt.change
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.stem}-{os.getpid()}-{threading.get_ident()}.npz")
    try:
        np.savez_compressed(
            unfinished,
            format=np.array(FORMAT),
            codigos=np.array(asked.codigos),
            terms=np.array(list(asked.rarity)),
            rarity=np.fromiter(asked.rarity.values(), np.float64),
            weights=asked.weights,
            base=asked.base,
            change_terms=np.array(list(change.weights)),
            change_weights=np.fromiter(change.weights.values(), np.float64),
            change_base=np.array(change.base),
        )
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def load(file: Path) -> Learnt:
    """Reads what `save` wrote. Raises whatever numpy, zlib or zipfile find wrong with anything else."""
    with file.open("rb") as written, np.load(written, allow_pickle=False) as kept:
        if int(kept["format"]) != FORMAT:
            raise ValueError("of another version")
        rarity = _by_term(kept["terms"], kept["rarity"])
        asked = Asked(tuple(kept["codigos"].tolist()), rarity, kept["weights"], kept["base"])
        return Learnt(
            asked, Change(_by_term(kept["change_terms"], kept["change_weights"]), float(kept["change_base"]))
        )


def _by_term(listed: NDArray[np.str_], values: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(listed.tolist(), values.tolist(), strict=True))
