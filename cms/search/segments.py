"""The index as this process holds it: each segment's documents and counts, read once, since segments never change.

Whoosh reads a posting or a document from its files in microseconds each, which is too slow for the thousands that a
frequent word touches. A publication adds a small segment and marks a document of another as gone: only the small
one is read then.
"""

import threading
from array import array
from collections.abc import Sequence
from typing import Any

from whoosh.reading import IndexReader, TermNotFound

from cms.search.analysis import Unit

# The fields of the schema in cms.search.index that hold terms.
LABELS, OFFICES, TEXT = "labels", "entidad", "text"
FIELDS = (LABELS, OFFICES, TEXT)
_NOBODY: Sequence[int] = array("I")


class Segment:
    """One segment. Its documents are numbered from 0; some may be gone by now (see `Held`)."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._reading = threading.Lock()  # a Whoosh reader has one place in its file
        self._having: dict[tuple[str, str], Sequence[int]] = {}
        self.frequency: dict[str, dict[str, int]] = {
            field: {term.decode(): info.doc_frequency() for term, info in reader.iter_field(field)}
            for field in FIELDS
        }
        shared: dict[Any, Any] = {}
        self.documents = [_shared(reader.stored_fields(n), shared) for n in range(reader.doc_count_all())]
        self.numbers = {document["codigo"]: n for n, document in enumerate(self.documents)}
        # The words of official names: the first name of each document is its own, the others are what people say.
        self.official = frozenset(
            term
            for document in self.documents
            for pair in next(iter(document["stored"]["labels"]), ())
            for term in pair
        )
        # Of each document, the words of its shortest name.
        self.shortest = array(
            "I", (min(map(len, document["stored"]["labels"]), default=0) for document in self.documents)
        )

    def having(self, field: str, term: str) -> Sequence[int]:
        """The numbers of the documents with this term in this field."""
        if term not in self.frequency[field]:
            return _NOBODY
        found = self._having.get((field, term))
        if found is None:
            found = self._having[field, term] = self._read(field, term)
        return found

    def _read(self, field: str, term: str) -> Sequence[int]:
        with self._reading:
            try:
                return array("I", self._reader.postings(field, term).all_ids())
            except TermNotFound:
                return _NOBODY


def _shared(document: dict[str, Any], shared: dict[Any, Any]) -> dict[str, Any]:
    """`document` with the words it has in common with others held once for all."""

    def one(item: Any) -> Any:
        return shared.setdefault(item, item)

    def words(units: Sequence[Unit]) -> tuple[Unit, ...]:
        return tuple(one(tuple(map(one, unit))) for unit in units)

    stored = document["stored"]
    stored["labels"] = [words(label) for label in stored["labels"]]
    stored["offices"] = one(words(sorted(stored["offices"])))
    stored["text"] = words(stored["text"])
    return document


class Held:
    """One state of the index: its segments, and which of their documents are gone."""

    def __init__(self, reader: IndexReader, before: "Held | None" = None) -> None:
        known = before.by_id if before else {}
        leaves = [leaf for leaf, _first in reader.leaf_readers() if leaf.segment() is not None]
        self.by_id: dict[str, Segment] = {
            leaf.segment().segment_id(): known.get(leaf.segment().segment_id()) or Segment(leaf)
            for leaf in leaves
        }
        gone = [frozenset(leaf.segment().deleted_docs()) for leaf in leaves]
        self.parts: list[tuple[Segment, frozenset[int]]] = list(zip(self.by_id.values(), gone, strict=True))
        self.total = int(reader.doc_count())

    def frequency(self, field: str) -> dict[str, int]:
        """Every term of the field with the number of documents that have it, in the order of the terms."""
        segments = list(self.by_id.values())
        if len(segments) == 1:
            return segments[0].frequency[field]
        found: dict[str, int] = {}
        for segment in segments:
            for term, count in segment.frequency[field].items():
                found[term] = found.get(term, 0) + count
        return found

    def official(self) -> frozenset[str]:
        """Every term of an official name."""
        return frozenset[str]().union(*(segment.official for segment in self.by_id.values()))

    def names(self) -> dict[str, list[str]]:
        """Codigo -> all its names, as they are written."""
        return {
            document["codigo"]: list(document["stored"]["names"])
            for segment, gone in self.parts
            for number, document in enumerate(segment.documents)
            if number not in gone
        }

    def document(self, codigo: str) -> dict[str, Any] | None:
        """What is stored of a ficha, or None when the index has none of this code."""
        for segment, gone in self.parts:
            number = segment.numbers.get(codigo)
            if number is not None and number not in gone:
                return segment.documents[number]["stored"]  # type: ignore[no-any-return]
        return None
