import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction

from cms.search import index
from cms.search.index import SearchIndex, this_node
from cms.search.queries import search
from cms.tramites.models import FichaPage

pytestmark = pytest.mark.django_db


def test_a_name_published_a_moment_ago_is_found(fresh_index: None) -> None:
    page = FichaPage.objects.get(codigo="osce-rnp")
    page.alias_es += "\nzanahoria violeta"
    page.save_revision().publish()
    assert search("zanahoria violeta", "es").results[0].codigo == "osce-rnp"


def test_what_is_withdrawn_is_forgotten_at_once(fresh_index: None) -> None:
    FichaPage.objects.get(codigo="osce-rnp").unpublish()
    assert "osce-rnp" not in [hit.codigo for hit in search("registro de proveedores", "es").results]


def test_a_draft_is_not_found(fresh_index: None) -> None:
    page = FichaPage.objects.get(codigo="osce-rnp")
    page.alias_es += "\nzanahoria violeta"
    page.save_revision()
    assert search("zanahoria violeta", "es").results == []


def test_another_node_comes_to_the_same_from_the_database(fresh_index: None, tmp_path: Path) -> None:
    other = SearchIndex(tmp_path / "index")
    with other.reading() as theirs, this_node.reading() as ours:
        assert theirs.doc_count() == ours.doc_count() > 0


def test_an_index_of_another_format_is_made_anew(fresh_index: None, tmp_path: Path) -> None:
    other = SearchIndex(tmp_path / "index")
    other.rebuild()
    other.cursor_path.write_text("1:5")
    assert SearchIndex(tmp_path / "index").catch_up() > 0


def test_a_database_put_back_to_an_earlier_state_takes_the_index_with_it(
    fresh_index: None, tmp_path: Path
) -> None:
    """From a backup, say: the changes the index followed since never were."""
    before = transaction.savepoint()
    page = FichaPage.objects.get(codigo="osce-rnp")
    page.alias_es += "\nzanahoria violeta"
    page.save_revision().publish()
    assert [hit.codigo for hit in search("zanahoria violeta", "es").results] == ["osce-rnp"]
    transaction.savepoint_rollback(before)
    assert search("zanahoria violeta", "es").results == []
    assert search("registro de proveedores", "es").results[0].codigo == "osce-rnp"


@pytest.fixture
def built(tmp_path: Path) -> SearchIndex:
    """Another node's index, up to date."""
    node = SearchIndex(tmp_path / "index")
    node.rebuild()
    return node


def one_behind(node: SearchIndex) -> None:
    node.cursor_path.write_text(f"{index.FORMAT}:{index.newest_change() - 1}", encoding="ascii")


@pytest.mark.timeout(20)
def test_a_search_does_not_wait_for_whoever_writes(built: SearchIndex) -> None:
    one_behind(built)
    with built._writing(wait=True), built.reading() as searcher:
        assert searcher.doc_count() > 0
        assert built.cursor() < index.newest_change()
    with built.reading():
        assert built.cursor() == index.newest_change()


def test_whoever_waits_for_an_index_leaves_the_connection_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    lock = index.fcntl.flock
    monkeypatch.setattr("cms.connections.release_connection", lambda: order.append("released"))
    monkeypatch.setattr(index.fcntl, "flock", lambda *how: (order.append("waited"), lock(*how)))
    SearchIndex(tmp_path / "index").catch_up()
    assert order[:2] == ["released", "waited"]


def test_whoever_waited_does_not_do_the_work_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    write = index._write_documents

    def counted(*args: Any) -> int:
        time.sleep(0.3)  # long enough for all to be waiting
        written.append(write(*args))
        return written[-1]

    def ask() -> None:
        with node.reading() as searcher:
            found.append(searcher.doc_count())
        connections.close_all()

    monkeypatch.setattr(index, "_write_documents", counted)
    node, found = SearchIndex(tmp_path / "index"), list[int]()
    threads = [threading.Thread(target=ask) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == 1
    assert found == written * 3


def test_a_death_while_the_cursor_is_written_leaves_the_one_before(
    built: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*args: Any) -> None:
        raise OSError("a death made for this test")

    one_behind(built)
    before = built.cursor()
    monkeypatch.setattr(os, "replace", die)
    with pytest.raises(OSError, match="a death"):
        built.catch_up()
    assert built.cursor() == before >= 0


def test_a_long_backlog_is_caught_up_while_the_citizen_reads_on(
    built: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MAX_CHANGES_IN_A_SEARCH", 1)
    built.cursor_path.write_text(f"{index.FORMAT}:0", encoding="ascii")
    with built.reading() as searcher:
        assert searcher.doc_count() > 0
    deadline = time.monotonic() + 15
    while built.cursor() != index.newest_change() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert built.cursor() == index.newest_change()


def test_half_a_cursor_is_no_cursor(built: SearchIndex) -> None:
    built.cursor_path.write_text(f"{index.FORMAT}:", encoding="ascii")
    assert built.cursor() == -1
    assert built.catch_up() > 0


def test_a_cursor_whose_index_is_gone_is_followed_from_the_beginning(built: SearchIndex) -> None:
    one_behind(built)
    cursor = built.cursor_path.read_text(encoding="ascii")
    for path in built.folder.iterdir():
        path.unlink()
    built.cursor_path.write_text(cursor, encoding="ascii")
    again = SearchIndex(built.folder)
    with again.reading() as found, this_node.reading() as ours:
        assert found.doc_count() == ours.doc_count() > 1
