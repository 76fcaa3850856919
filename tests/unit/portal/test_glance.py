"""The box at the top of a ficha, over all fichas there are: no figure without what it is for."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import translation

from cms.directory.models import Entidad
from cms.portal.ficha import Section
from cms.portal.glance import MOST_LINES, Fact, at_a_glance
from cms.tramites.answers import answer
from cms.tramites.models import Tramite, Version
from cms.tramites.queries import Published
from cms.tramites.schema import Aspecto, Costo, Ficha, Plazo
from cms.tramites.seed import read_fichas

FICHAS = {ficha.codigo: ficha for ficha in read_fichas(settings.CONTENT_DIR / "fichas")}
TODAY = datetime(2026, 11, 21, tzinfo=UTC).date()
NOT_KNOWN = re.compile(
    r"por confirmar|no se (?:sabe|encontró|vio)|pregunta|confirma|depende|puede haber cambiado|fuente",
    re.IGNORECASE,
)
WITH_ROWS = sorted(code for code, f in FICHAS.items() if f.hechos.costos or f.hechos.plazos)


def rows_of(ficha: Ficha, aspecto: Aspecto) -> list[Costo] | list[Plazo]:
    facts = ficha.hechos
    if aspecto is Aspecto.COSTO:
        return [row for row in facts.costos if row.in_force(TODAY)]
    return [row for row in facts.plazos if row.in_force(TODAY)]


def section_of(ficha: Ficha, aspecto: Aspecto, locale: str) -> Section:
    tramite = Tramite(codigo=ficha.codigo, entidad=Entidad(codigo="x", nombre="La entidad"))
    shown = Published(tramite, Version(numero=1, at=datetime.now(UTC)), ficha)
    return Section(answer(shown, aspecto, locale, TODAY), "Título")


def facts(codigo: str, locale: str = "es") -> Iterator[tuple[Aspecto, Section, Fact]]:
    ficha = FICHAS[codigo]
    for aspecto in (Aspecto.COSTO, Aspecto.PLAZO):
        section = section_of(ficha, aspecto, locale)
        with translation.override(locale):
            fact = at_a_glance(
                ficha, rows_of(ficha, aspecto), section.body, titulo="Título", doubtful=section.doubtful
            )
        if fact:
            yield aspecto, section, fact


def told(codigo: str, aspecto: Aspecto, locale: str = "es") -> list[str]:
    fact = next(fact for asked, _s, fact in facts(codigo, locale) if asked is aspecto)
    return [line.texto for line in fact.lines]


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_every_figure_of_every_ficha_stands_in_the_sentence_of_its_own_row(locale: str) -> None:
    seen = 0
    for codigo in WITH_ROWS:
        for _aspecto, section, fact in facts(codigo, locale):
            rows = [block for block in section.body if block.tipo == "monto"]
            assert len(fact.lines) in (0, len(rows)), codigo
            assert bool(fact.lines) == (len(rows) <= MOST_LINES), codigo
            for line, block in zip(fact.lines, rows, strict=False):
                seen += 1
                bare = line.texto == block.destacado
                assert bare or line.texto.endswith(block.texto), (codigo, line)
                assert line.idioma == ("" if bare else block.idioma)
    assert seen > 40


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_figure_stands_bare_only_where_nothing_is_doubted_or_told_besides(locale: str) -> None:
    bare = 0
    for codigo in WITH_ROWS:
        ficha = FICHAS[codigo]
        for aspecto, section, fact in facts(codigo, locale):
            if fact.told:
                continue
            bare += 1
            spanish = section_of(ficha, aspecto, "es")
            assert len(rows_of(ficha, aspecto)) == 1, codigo
            assert len(section.body) == 1, codigo
            assert not NOT_KNOWN.search(" ".join(block.texto for block in spanish.body)), codigo
    assert bare > 8


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_the_doubts_of_a_fact_are_told_with_it(locale: str) -> None:
    doubts = 0
    for codigo in WITH_ROWS:
        for _aspecto, section, fact in facts(codigo, locale):
            for block in section.body:
                if block.tipo == "aviso" and fact.lines:
                    doubts += 1
                    assert block in fact.notas, codigo
    assert doubts > 15


def test_what_is_for_complaining_appealing_and_answering_is_told_apart() -> None:
    assert told("osiptel-reclamo", Aspecto.PLAZO) == [
        "Puedes reclamar hasta 1 año después de que venció el recibo.",
        "Para apelar tienes 15 días hábiles.",
        "El TRASU resuelve la apelación en 25 días hábiles.",
    ]


def test_a_term_of_another_thing_says_so() -> None:
    assert told("pj-deudor-alimentario", Aspecto.PLAZO) == [
        "Para salir del registro, el juez decide en 3 días hábiles."
    ]


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_case_whose_fee_nobody_knows_stays_in_the_box(locale: str) -> None:
    for codigo in ("reniec-acta-nacimiento", "produce-constitucion-empresa", "reniec-dni-duplicado"):
        unknown = [row for row in FICHAS[codigo].hechos.costos if row.por_confirmar]
        assert len(told(codigo, Aspecto.COSTO, locale)) == len(FICHAS[codigo].hechos.costos)
        assert unknown


def test_many_cases_lead_to_their_section() -> None:
    fact = next(fact for asked, _s, fact in facts("mtc-licencia-a1") if asked is Aspecto.COSTO)
    assert fact.lines == ()
    assert fact.told


def test_the_fee_of_one_channel_names_the_channel() -> None:
    assert told("migraciones-pasaporte", Aspecto.COSTO)[0].startswith("En persona: La tasa es S/ 120.90")


def test_what_holds_for_everybody_is_one_figure() -> None:
    assert told("midis-sisfoh", Aspecto.COSTO) == ["Gratuito"]
    assert told("rree-apostilla", Aspecto.COSTO)[0] == "La tasa es S/ 31.00."
