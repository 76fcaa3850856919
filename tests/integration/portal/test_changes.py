"""A ficha that was withdrawn, one whose Quechua is older than its Spanish, a fee that changes."""

from decimal import Decimal

import pytest

from cms.tramites.operations import publish_ficha, save_translations, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Ficha, Traduccion, seal
from tests.integration.portal.checking import words
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"


def with_words(**changes: str) -> Ficha:
    ficha = published(CODIGO).ficha
    return ficha.model_copy(update={"es": {**ficha.es, **changes}})


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_withdrawn_ficha_says_what_happened_and_what_replaces_it(page: OpenPage, locale: str) -> None:
    withdraw(CODIGO, by=None, why="Lo reemplaza el DNI digital", replaced_by="migraciones-pasaporte")
    opened = page(f"/{locale}/tramites/{CODIGO}/", status=410)
    assert "Lo reemplaza el DNI digital" in opened.text
    assert f"/{locale}/tramites/migraciones-pasaporte/" in opened.links()
    assert "1800" in opened.text
    assert f"/{locale}/tramites/{CODIGO}/" not in page(f"/{locale}/tramites/").links()
    assert f"/{locale}/tramites/{CODIGO}/" not in page(f"/{locale}/").links()


def test_a_replacement_that_was_withdrawn_too_is_not_offered(page: OpenPage) -> None:
    withdraw(CODIGO, by=None, why="Ya no se hace", replaced_by="migraciones-pasaporte")
    withdraw("migraciones-pasaporte", by=None, why="Tampoco")
    assert "/es/tramites/migraciones-pasaporte/" not in page(f"/es/tramites/{CODIGO}/", status=410).links()


def test_spanish_that_stands_in_for_quechua_is_marked_and_a_person_offered(page: OpenPage) -> None:
    spanish = "Pides de nuevo tu DNI porque ya no lo tienes."
    current = Traduccion(texto="DNIykita musuqmanta mañakunki.", sello=seal(spanish))
    publish_ficha(with_words(descripcion=spanish), by=None)
    save_translations(CODIGO, {"descripcion": current}, by=None)
    translated = page(f"/qu/tramites/{CODIGO}/").by_id("descripcion")
    assert current.texto in words(translated)

    newer = "Pides otra vez tu DNI. Esto ha cambiado."
    publish_ficha(with_words(descripcion=newer), by=None)
    opened = page(f"/qu/tramites/{CODIGO}/")
    section = opened.by_id("descripcion")
    assert current.texto not in words(section), "outdated Quechua is still shown"
    stand_in = [p for p in section.iter("p") if words(p) == newer]
    assert [p.get("lang") for p in stand_in] == ["es"]
    assert "castellano simipiraqmi kachkan" in opened.text
    assert "tel:1800" in [a.get("href") for a in opened.one("main").iter("a")]


def test_a_ficha_with_all_its_quechua_makes_no_excuse(page: OpenPage) -> None:
    ficha = published(CODIGO).ficha
    words_in_quechua = {
        key: Traduccion(
            texto=f"Runasimi {key} " + " ".join(part for part in ("{monto}",) if part in text),
            sello=seal(text),
        )
        for key, text in ficha.es.items()
    }
    save_translations(CODIGO, words_in_quechua, by=None)
    opened = page(f"/qu/tramites/{CODIGO}/")
    assert "castellano simipiraqmi" not in opened.text
    assert opened.one("h1").get("lang") is None
    assert words(opened.one("h1")).startswith("Runasimi nombre")


def test_a_new_fee_is_on_the_page_in_both_languages_and_the_old_one_nowhere(page: OpenPage) -> None:
    ficha = published(CODIGO).ficha
    rows = [
        row.model_copy(update={"monto": Decimal("41.70")}) if row.monto == Decimal("33.00") else row
        for row in ficha.hechos.costos
    ]
    facts = ficha.hechos.model_copy(update={"costos": rows})
    before = page(f"/es/tramites/{CODIGO}/")
    assert "S/ 33.00" in before.text
    publish_ficha(ficha.model_copy(update={"hechos": facts}), by=None, norm="RJ 100-2026")
    for locale in ("es", "qu"):
        opened = page(f"/{locale}/tramites/{CODIGO}/")
        assert "S/ 41.70" in opened.text
        assert "33.00" not in opened.response.content.decode()
        assert "RJ 100-2026" in opened.text
        assert opened.response.headers["ETag"] != before.response.headers["ETag"]
