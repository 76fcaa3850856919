from dataclasses import replace
from datetime import date

import pytest

from cms.portal.ficha import Section, tramite_view
from cms.tramites.attesting import attested
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto, Confianza, Evidencia
from cms.ui.blocks import Bloque, Respuesta, plain

FACT = Bloque("parrafo", "Demora cinco días.")
DOUBT = Bloque("aviso", "Una fuente antigua dice otra cosa.")
SOURCE = Bloque("aviso", "Por confirmar con la entidad (RENIEC). Fuente: La República (2024).")
NOTICE = Bloque("nota", "Esta información todavía está en castellano.")
UNKNOWN = Bloque("aviso", "Ese dato no lo tenemos confirmado.")
LINK = Bloque("enlace", "Página de la entidad:", url="https://www.gob.pe/reniec")


def section(confianza: str, *blocks: Bloque, faltante: bool = False) -> Section:
    respuesta = Respuesta(
        aspecto=Aspecto.PLAZO,
        locale="qu",
        texto=plain(blocks),
        bloques=blocks,
        confianza=confianza,
        url="",
        faltante=faltante,
    )
    return Section(respuesta, "Cuánto demora")


def test_what_is_sure_is_shown_whole() -> None:
    assert section("alta", FACT, DOUBT).body == (FACT, DOUBT)


def test_the_source_of_a_doubt_is_told_apart_and_the_doubt_itself_stays() -> None:
    assert section("media", FACT, DOUBT, SOURCE).body == (FACT, DOUBT)
    assert section("baja", FACT, SOURCE).body == (FACT,)


def test_the_notice_of_missing_quechua_is_said_once_for_the_page() -> None:
    assert section("baja", NOTICE, FACT, SOURCE, faltante=True).body == (FACT,)


def test_of_what_is_unknown_only_its_doubt_is_left() -> None:
    assert section("sin_dato", UNKNOWN).body == ()
    assert section("sin_dato", UNKNOWN, LINK).body == ()
    assert section("sin_dato", NOTICE, DOUBT, UNKNOWN, LINK, faltante=True).body == (DOUBT,)


@pytest.mark.django_db
@pytest.mark.parametrize(("doubt", "told"), [("", True), ("El monto puede haber cambiado.", False)])
def test_nothing_is_called_confirmed_beside_a_sentence_that_doubts_it(
    seeded: None, doubt: str, told: bool
) -> None:
    found = published("reniec-dni-duplicado")
    sure = Evidencia(confianza=Confianza.ALTA, fuente=attested("RENIEC", "Jefa", date(2026, 11, 3)))
    facts = found.ficha.hechos.model_copy(
        update={"evidencia": {**found.ficha.hechos.evidencia, Aspecto.COSTO: sure}}
    )
    words = {**found.ficha.es, "duda.costo": doubt} if doubt else found.ficha.es
    words = {key: text for key, text in words.items() if doubt or key != "duda.costo"}
    ficha = found.ficha.model_copy(update={"hechos": facts, "es": words})
    shown = tramite_view(replace(found, ficha=ficha), "es")
    [cost] = [section for section in shown.sections if section.aspecto is Aspecto.COSTO]
    assert (cost.confirmado is not None) is told
