from pathlib import Path

import pytest

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
