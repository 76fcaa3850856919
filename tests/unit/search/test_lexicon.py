"""The names in force, for those who read questions: asked for every other second, and written only when they change."""

import json
from typing import Any

import pytest

from cms.search import lexicon as module
from cms.search.lexicon import lexicon
from cms.tramites.models import FichaPage
from cms.tramites.queries import ficha_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_codes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the fichas whose names are read from now on."""
    codes: list[str] = []

    def read(version: Any) -> Any:
        codes.append(version.tramite.codigo)
        return ficha_of(version)

    monkeypatch.setattr(module, "_written", module._Written())
    monkeypatch.setattr(module, "ficha_of", read)
    return codes


def entries() -> dict[str, dict[str, list[str]]]:
    return {entry["codigo"]: entry["names"] for entry in json.loads(lexicon().body)["entries"]}


def rename(codigo: str, alias: str) -> None:
    page = FichaPage.objects.get(codigo=codigo)
    page.alias_es = alias
    page.save_revision().publish()


def test_what_changed_is_read_and_nothing_else(seeded: None, read_codes: list[str]) -> None:
    before = lexicon()
    assert lexicon() is before
    assert sorted(read_codes) == sorted(entries())
    read_codes.clear()
    rename("osce-rnp", "zanahoria violeta")
    assert entries()["osce-rnp"]["es"][1:] == ["zanahoria violeta"]
    assert read_codes == ["osce-rnp"]
    assert lexicon().etag != before.etag


def test_a_withdrawn_name_is_in_force_no_more(seeded: None, read_codes: list[str]) -> None:
    assert "osce-rnp" in entries()
    FichaPage.objects.get(codigo="osce-rnp").unpublish()
    assert "osce-rnp" not in entries()


def test_the_revision_told_is_that_of_the_names(seeded: None, read_codes: list[str]) -> None:
    found = lexicon()
    assert json.loads(found.body)["revision"] == found.revision > 0
