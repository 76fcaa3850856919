"""The index: one document per public ficha, in both languages, in Whoosh files of this node.

It follows the feed of changes: every search first asks the database for the newest change, and catches up when
the index is behind. So it needs no worker to be right, and any number of nodes can each keep a copy.
"""

import fcntl
import logging
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connections
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import StorageError
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import FileIndex, LockError
from whoosh.searching import Searcher
from whoosh.writing import CLEAR, IndexWriter

from cms.connections import waiting
from cms.publishing.models import Change
from cms.search.analysis import Unit, units
from cms.tramites.queries import TOPIC, Published, ficha_of, public_tramites

logger = logging.getLogger(__name__)

# Levels of entities whose tramites are for one town or region only.
LOCAL: Final = ("local", "regional")
FORMAT: Final = 9  # raised when what is stored changes shape: an index of another format is made anew
# What Whoosh raises when its files are not what it has written; each is a class of its own.
INDEX_ERRORS: Final = (index.IndexError, LockError, StorageError, FileFormatError)
# A longer backlog than this is not for a citizen who happens to search to wait for.
MAX_CHANGES_IN_A_SEARCH = 40


def _terms() -> fields.FieldType:
    return fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)


SCHEMA = fields.Schema(
    codigo=fields.ID(unique=True, stored=True),
    labels=_terms(),
    entidad=_terms(),
    text=_terms(),
    stored=fields.STORED(),
)


class SearchIndex:
    """The index of this node: one writer at a time among its threads and processes, and readers wait for none.

    While somebody writes, a search reads the state before. Only where there is no index yet does it wait.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()  # of the two below, never held while anything is written
        self._index: FileIndex | None = None
        self._searcher: Searcher | None = None
        self._catching_up = threading.Lock()

    @property
    def cursor_path(self) -> Path:
        return self.folder / "cursor"

    def cursor(self) -> int:
        """The id of the last change the index holds; -1 when there is no index of this format."""
        try:
            written, _, cursor = self.cursor_path.read_text(encoding="ascii").partition(":")
        except OSError:
            return -1
        return int(cursor) if written == str(FORMAT) and cursor.isdigit() else -1

    def catch_up(self, *, at_most: int | None = None) -> int:
        """Indexes what changed since the cursor; returns how many fichas. With no index, builds it.

        `at_most`: a citizen is waiting. A longer backlog is left to a thread of its own, and one that somebody
        is writing already to them; but nobody searches without an index.
        """
        cursor = self.cursor()
        if cursor == newest_change():
            return 0
        if at_most is not None and cursor >= 0:
            return self._catch_up_at_once(cursor, at_most)
        with self._writing(wait=True):
            return self._follow()

    def _catch_up_at_once(self, cursor: int, at_most: int) -> int:
        if len(changed_codes(cursor)) > at_most:
            self._catch_up_later()
            return 0
        with self._writing(wait=False) as ours:
            return self._follow() if ours else 0

    def _catch_up_later(self) -> None:
        """In a thread of this process, once at a time: a node with its own folder has no worker to do it."""
        if self._catching_up.acquire(blocking=False):
            threading.Thread(target=self._catch_up_here, name="search-index", daemon=True).start()

    def _catch_up_here(self) -> None:
        try:
            self.catch_up()
        except Exception:  # the edge of the thread: the next search starts another
            logger.exception("The search index could not be brought up to date.")
        finally:
            connections.close_all()
            self._catching_up.release()

    def rebuild(self) -> int:
        """Makes the index anew, in place of the old one at once, and returns how many fichas it holds."""
        with self._writing(wait=True):
            return self._write(None, newest_change())

    def forget(self) -> None:
        """Drops what is known of how far the index is: the next search makes it anew from the database."""
        with self._writing(wait=True), self._lock:
            self.cursor_path.unlink(missing_ok=True)
            self._index = self._searcher = None

    @contextmanager
    def _writing(self, *, wait: bool) -> Iterator[bool]:
        """Holds the right to write, among all threads and processes; without `wait` it may be refused (False)."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside the folder, which is removed as a whole when an index is made anew.
        with self.folder.with_name(f"{self.folder.name}.lock").open("w") as held:
            try:
                # Another may be making the whole index.
                with waiting() if wait else nullcontext():
                    fcntl.flock(held, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def _follow(self) -> int:
        """Whoever waited for the right to write may find the work done: the cursor is read again here."""
        newest, cursor = newest_change(), self.cursor()
        if cursor == newest:
            return 0
        # A cursor ahead of every change followed some that never were: the database was put back to an earlier state.
        follows = 0 <= cursor < newest and index.exists_in(self.folder)
        return self._write(list(changed_codes(cursor)) if follows else None, newest)

    def _write(self, codes: list[str] | None, newest: int) -> int:
        writer: IndexWriter = self._writable().writer(timeout=0)
        try:
            count = _write_documents(writer, codes)
        except BaseException:
            writer.cancel()
            raise
        # A whole rebuild takes the place of every older segment in the one commit readers see.
        writer.commit(mergetype=CLEAR if codes is None else None)
        # After the commit: a death in between does the same work again, which changes nothing.
        self._write_cursor(newest)
        return count

    def _write_cursor(self, newest: int) -> None:
        """By renaming, so that no other process ever reads half of it and takes the index for none."""
        written = self.folder / "cursor.new"
        written.write_text(f"{FORMAT}:{newest}", encoding="ascii")
        os.replace(written, self.cursor_path)

    def _writable(self) -> FileIndex:
        if self.cursor() >= 0 and index.exists_in(self.folder):
            return self._open()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        with self._lock:
            self._index, self._searcher = index.create_in(self.folder, SCHEMA), None
            return self._index

    def _open(self) -> FileIndex:
        with self._lock:
            return self._opened()

    def _opened(self) -> FileIndex:
        if self._index is None:
            self._index = index.open_dir(self.folder)
        return self._index

    @contextmanager
    def reading(self) -> Iterator[Searcher]:
        """A searcher over the newest state there is."""
        self.catch_up(at_most=MAX_CHANGES_IN_A_SEARCH)
        with self._lock:
            if self._searcher is None or not self._searcher.up_to_date():
                # The old one is left to whoever still reads with it; refresh() fails on an empty index.
                self._searcher = self._opened().searcher()
            searcher = self._searcher
        yield searcher


def newest_change() -> int:
    newest = Change.objects.filter(topic=TOPIC).order_by("-id").values_list("id", flat=True).first()
    return newest or 0


def changed_codes(cursor: int) -> set[str]:
    return set(Change.objects.filter(topic=TOPIC, id__gt=cursor).values_list("key", flat=True))


def _write_documents(writer: IndexWriter, codes: list[str] | None) -> int:
    tramites = public_tramites()
    if codes is not None:
        for code in codes:
            writer.delete_by_term("codigo", code)
        tramites = tramites.filter(codigo__in=codes)
    count = 0
    for tramite in tramites.iterator(chunk_size=500):
        assert tramite.version is not None  # public_tramites has none without
        writer.add_document(**document(Published(tramite, tramite.version, ficha_of(tramite.version))))
        count += 1
    return count


def document(published: Published) -> dict[str, Any]:
    """What the index holds of a ficha: its names as units, and a little text to find it by."""
    ficha, entidad = published.ficha, published.tramite.entidad
    names = [ficha.name("es"), *ficha.hechos.alias.es, *ficha.hechos.alias.qu, ficha.name("qu")]
    labels = [label for name in names if (label := units(name))]
    offices = units(" ".join([entidad.nombre, entidad.sigla, *entidad.alias]))
    text = units(ficha.es.get("descripcion", ""))
    return {
        "codigo": published.codigo,
        "labels": _joined(unit for label in labels for unit in label),
        "entidad": _joined(offices),
        "text": _joined(text),
        "stored": {
            "es": ficha.name("es"),
            "qu": ficha.name("qu"),
            "entidad": entidad.codigo,
            "nivel": str(ficha.hechos.nivel),
            "local": entidad.nivel in LOCAL and len(ficha.hechos.oficinas) < 2,
            "names": list(dict.fromkeys(names)),
            "labels": list(dict.fromkeys(tuple(label) for label in labels)),
            "offices": list(set(offices)),
            "text": list(set(text)),
        },
    }


def _joined(found: Iterable[Unit]) -> str:
    return " ".join(dict.fromkeys(term for pair in found for term in pair))


this_node = SearchIndex(settings.DATA_DIR / "index")
