import re
from datetime import date
from decimal import Decimal

import pytest

from cms.tramites.answers import answer, answers
from cms.tramites.models import FichaPage, Tramite
from cms.tramites.queries import Published, ficha_of, public_tramites, published
from cms.tramites.schema import Aspecto, Confianza, Contacto, Costo, Evidencia, Ficha, Traduccion, seal

pytestmark = pytest.mark.django_db
INSTITUTION_NUMBERS = {"1800"}


def of(codigo: str, aspecto: Aspecto, locale: str = "es") -> str:
    return answer(published(codigo), aspecto, locale).texto


def test_each_channel_has_its_fee_and_payment_code() -> None:
    text = of("mininter-antecedentes-policiales", Aspecto.COSTO)
    assert "S/ 5.40" in text
    assert "S/ 8.50" in text
    assert "08116" in text


def test_the_fee_in_quechua_is_the_one_in_spanish() -> None:
    figures = [
        re.findall(r"S/ \d[\d,]*\.\d\d", of("mininter-antecedentes-policiales", Aspecto.COSTO, locale))
        for locale in ("es", "qu")
    ]
    assert figures[0] == figures[1] == ["S/ 5.40", "S/ 8.50"]


def test_doubt_is_said_with_its_source_and_date() -> None:
    said = answer(published("reniec-dni-duplicado"), Aspecto.COSTO, "es")
    assert said.confianza == Confianza.MEDIA
    assert "Por confirmar con la entidad (RENIEC)." in said.texto
    assert "El Comercio" in said.texto
    assert "4 de octubre de 2025" in said.texto


def test_what_is_sure_is_said_plainly() -> None:
    assert "Por confirmar" not in of("mininter-antecedentes-policiales", Aspecto.COSTO)


def test_a_blank_says_who_knows() -> None:
    said = answer(published("sunarp-vigencia-poder"), Aspecto.COSTO, "es")
    assert said.confianza == Confianza.SIN_DATO
    assert "SUNARP" in said.texto
    assert "1800" in said.texto
    assert not re.search(r"S/", said.texto)


def test_free_is_said_and_not_left_empty() -> None:
    fees = [
        block for block in answer(published("sis-gratuito"), Aspecto.COSTO, "es").bloques if block.destacado
    ]
    assert [block.destacado for block in fees] == ["Gratuito"]


def test_missing_quechua_is_told_in_quechua_before_the_spanish() -> None:
    said = answer(published("osce-rnp"), Aspecto.COSTO, "qu")
    assert said.faltante
    assert said.bloques[0].tipo == "nota"
    assert said.bloques[0].idioma == ""
    assert {block.idioma for block in said.bloques[1:] if block.tipo == "monto"} == {"es"}


def test_stale_quechua_is_replaced_by_the_spanish() -> None:
    page = FichaPage.objects.get(codigo="reniec-dni-duplicado")
    row = next(row for row in page.requisitos.all() if row.clave == "pago")
    row.texto = "Haber pagado la tasa en el banco."
    page.requisitos = [row if r.clave == "pago" else r for r in page.requisitos.all()]
    page.save_revision().publish()
    said = answer(published("reniec-dni-duplicado"), Aspecto.REQUISITOS, "qu")
    listed = dict(next(block for block in said.bloques if block.tipo == "lista").elementos)
    assert listed["Haber pagado la tasa en el banco."] == "es"
    assert "" in listed.values()


def test_a_sentence_that_only_names_the_fee_still_tells_the_amount_in_both_languages() -> None:
    found = published("reniec-dni-duplicado")
    key, spanish = "costos.presencial", "En la oficina."
    word = Traduccion(texto="Oficinapi.", sello=seal(spanish))
    ficha = found.ficha.model_copy(
        update={"es": {**found.ficha.es, key: spanish}, "qu": {**found.ficha.qu, key: word}}
    )
    old = Published(found.tramite, found.version, ficha)
    assert "En la oficina. S/ 35.00." in answer(old, Aspecto.COSTO, "es").texto
    assert "Oficinapi. S/ 35.00." in answer(old, Aspecto.COSTO, "qu").texto


def test_only_what_is_in_force_that_day_is_said() -> None:
    found = published("sis-gratuito")
    old = Costo(clave="antes", monto=Decimal("10.00"), hasta=date(2026, 1, 31))
    new = Costo(clave="ahora", monto=Decimal("12.00"), desde=date(2026, 2, 1))
    facts = found.ficha.hechos.model_copy(
        update={
            "costos": [old, new],
            "requisitos": [],
            "evidencia": {Aspecto.COSTO: Evidencia(confianza=Confianza.ALTA, fuente="TUPA")},
        }
    )
    ficha = Ficha.model_validate({"hechos": facts.model_dump(), "es": {"nombre": "X"}})
    changed = Published(found.tramite, found.version, ficha)
    january = answer(changed, Aspecto.COSTO, "es", date(2026, 1, 31)).texto
    february = answer(changed, Aspecto.COSTO, "es", date(2026, 2, 1)).texto
    assert ("S/ 10.00" in january, "S/ 12.00" in january) == (True, False)
    assert ("S/ 10.00" in february, "S/ 12.00" in february) == (False, True)


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_every_figure_of_every_answer_stands_in_the_version_it_quotes(locale: str) -> None:
    for tramite in public_tramites():
        assert tramite.version is not None
        found = Published(tramite, tramite.version, ficha_of(tramite.version))
        known = set(re.findall(r"\d+", str(tramite.version.payload))) | INSTITUTION_NUMBERS | {"2023", "2024"}
        for said in answers(found, locale):
            assert said.revision == tramite.version.numero
            strange = set(re.findall(r"\d+", said.texto)) - known - _date_parts(said.fecha)
            assert not strange, (tramite.codigo, said.aspecto, strange)


def _date_parts(day: str) -> set[str]:
    return set(day.split("-")) | {str(int(part)) for part in day.split("-") if part}


def test_every_aspect_of_every_ficha_has_an_answer_in_both_languages() -> None:
    for tramite in Tramite.objects.public():
        for locale in ("es", "qu"):
            assert all(said.texto for said in answers(published(tramite.codigo), locale))


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_an_extension_is_no_part_of_the_telephone_and_a_page_is_named_once(locale: str) -> None:
    found = published("sis-gratuito")
    page = "https://www.gob.pe/sis"
    facts = found.ficha.hechos.model_copy(
        update={
            "contactos": [
                Contacto(tipo="telefono", valor="01 315-4000", anexo="1234"),
                Contacto(tipo="telefono", valor="0800-11040"),
                Contacto(tipo="web", valor=page),
            ],
            "evidencia": {
                **found.ficha.hechos.evidencia,
                Aspecto.CONTACTO: Evidencia(confianza=Confianza.ALTA, fuente="TUPA"),
            },
        }
    )
    changed = Published(found.tramite, found.version, found.ficha.model_copy(update={"hechos": facts}))
    lines = answer(changed, Aspecto.CONTACTO, locale).texto.splitlines()
    assert "01 315-4000, anexo 1234" in lines
    assert "0800-11040" in lines
    assert page in lines
