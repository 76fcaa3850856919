"""A ficha taken apart into facts, and put together again with what an entity answered."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict

from cms.editing.confirmation.applying import Answer, Applied, Attestation, apply
from cms.editing.confirmation.facts import Entrada, Hecho, facts_of
from cms.editing.confirmation.forms import AnswerForm, SenderForm, form_of
from cms.tramites.schema import Aspecto, Confianza, Ficha
from cms.tramites.seed import read_fichas

TODAY = date(2026, 11, 21)
WHO = Attestation("RENIEC", "Subgerente de Registro", TODAY)


@cache
def fichas() -> dict[str, Ficha]:
    return {ficha.codigo: ficha for ficha in read_fichas(settings.CONTENT_DIR / "fichas")}


@pytest.fixture
def dni() -> Ficha:
    return fichas()["reniec-dni-duplicado"]


def facts(ficha: Ficha) -> dict[str, Hecho]:
    return {fact.id: fact for fact in facts_of(ficha, TODAY)}


def answer(
    ficha: Ficha, ident: str, verdict: str, value: dict[str, Any] | None = None, **source: str
) -> Answer:
    return Answer(ident, facts(ficha)[ident].sello, verdict, value, **source)


def filled(ficha: Ficha, ident: str, **said: str) -> AnswerForm:
    fact = facts(ficha)[ident]
    data = QueryDict(mutable=True)
    data.update({f"{ident}-{name}": text for name, text in said.items()})
    return form_of(fact, ficha, data)


def corrected(ficha: Ficha, ident: str, **said: str) -> Applied:
    """What comes of one correction made through its form."""
    form = filled(ficha, ident, veredicto="corregir", fuente="RJ 10-2026", **said)
    assert form.is_valid(), form.errors
    return apply(ficha, [answer(ficha, ident, "corregir", form.value(), fuente="RJ 10-2026")], WHO)


def every_fact() -> Iterator[tuple[Ficha, Hecho]]:
    for ficha in fichas().values():
        for fact in facts_of(ficha, TODAY):
            yield ficha, fact


def test_each_fact_of_every_ficha_is_asked_once_and_no_aspect_is_forgotten() -> None:
    for ficha in fichas().values():
        asked = facts_of(ficha, TODAY)
        assert len({fact.id for fact in asked}) == len(asked), ficha.codigo
        assert {fact.aspecto for fact in asked} == set(Aspecto), ficha.codigo


def test_no_placeholder_is_ever_shown() -> None:
    assert [fact.id for _ficha, fact in every_fact() if "{" in fact.texto] == []


def test_a_fee_is_shown_with_its_figure_and_a_blank_as_nothing(dni: Ficha) -> None:
    assert facts(dni)["costos.en-linea"].lineas == ("Por internet: S/ 33.00, con el código 00522.",)
    assert facts(dni)["costos.dni-azul"].vacio
    assert facts(dni)["calificacion.dato"].vacio
    assert facts(dni)["calificacion.dato"].lineas == ()


def test_the_seal_of_a_fact_changes_with_it_and_with_nothing_else(dni: Ficha) -> None:
    changed = corrected(dni, "costos.en-linea", monto="34.00", codigo_pago="00522").ficha
    before, after = facts(dni), facts(changed)
    assert {name for name in before if before[name].sello != after[name].sello} == {"costos.en-linea"}


def test_a_fee_that_is_over_is_not_asked_about_and_one_to_come_is(dni: Ficha) -> None:
    rows = [row.model_copy(update={"hasta": date(2026, 1, 1)}) for row in dni.hechos.costos[:1]]
    rows += [dni.hechos.costos[1].model_copy(update={"desde": date(2027, 1, 1)})]
    dated = dni.model_copy(update={"hechos": dni.hechos.model_copy(update={"costos": rows})})
    asked = facts(dated)
    assert "costos.en-linea" not in asked
    assert asked["costos.presencial"].lineas[1] == "Vigente desde el 1 de enero de 2027."


def test_a_corrected_fee_keeps_its_sentence_and_gets_the_norm_as_its_source(dni: Ficha) -> None:
    applied = corrected(dni, "costos.en-linea", monto="36.50", codigo_pago="00522")
    row = applied.ficha.hechos.costos[0]
    assert (str(row.monto), row.codigo_pago) == ("36.50", "00522")
    assert facts(applied.ficha)["costos.en-linea"].texto == "Por internet: S/ 36.50, con el código 00522."
    evidence = applied.ficha.hechos.evidence_of(Aspecto.COSTO)
    # The other two fees were not answered: the old source goes, certainty does not come.
    assert evidence.confianza is Confianza.MEDIA
    assert evidence.fuente == "RJ 10-2026; Confirmado por RENIEC (Subgerente de Registro), 2026-11-21"


def test_a_fee_that_turns_out_free_says_so_and_nothing_of_a_code(dni: Ficha) -> None:
    applied = corrected(dni, "costos.en-linea", gratuito="on")
    assert facts(applied.ficha)["costos.en-linea"].texto == "Por internet: Gratuito."


def test_an_unknown_fee_that_becomes_known_no_longer_says_that_it_is_unknown(dni: Ficha) -> None:
    applied = corrected(dni, "costos.dni-azul", monto="16.00", concepto="Si tu DNI era azul")
    assert facts(applied.ficha)["costos.dni-azul"].texto == "Si tu DNI era azul: S/ 16.00."


def test_a_list_is_corrected_line_by_line_and_keeps_the_keys_its_history_hangs_on(dni: Ficha) -> None:
    lines = facts(dni)["requisitos.lista"].lineas
    applied = corrected(
        dni,
        "requisitos.lista",
        linea_0=lines[0],
        linea_1="Haber pagado el derecho.",
        linea_2="",
        linea_3=lines[3],
        nuevas="- Una foto a color\n2. Tu recibo",
    )
    keys = [row.clave for row in applied.ficha.hechos.requisitos]
    assert keys == ["dni-vigente", "pago", "datos-en-linea", "una-foto-a-color", "tu-recibo"]
    assert applied.ficha.es["requisitos.pago"] == "Haber pagado el derecho."
    assert "requisitos.datos-al-dia" not in applied.ficha.es
    assert applied.ficha.hechos.requisitos[0] == dni.hechos.requisitos[0]


def test_a_term_is_corrected_with_its_unit(dni: Ficha) -> None:
    applied = corrected(dni, "plazos.entrega", valor="5", unidad="dias_habiles")
    assert facts(applied.ficha)["plazos.entrega"].texto == "Demora cerca de 5 días hábiles."


def test_blanks_are_filled_in(dni: Ficha) -> None:
    filled_in = corrected(dni, "calificacion.dato", calificacion="aprobacion_automatica").ficha
    assert filled_in.hechos.calificacion == "aprobacion_automatica"
    assert filled_in.hechos.evidence_of(Aspecto.CALIFICACION).confianza is Confianza.ALTA
    appeal = corrected(dni, "recursos.nuevo", tipo="apelacion", presentar_dias="15", resolver_dias="30").ficha
    assert appeal.hechos.recursos[0].presentar_dias == 15
    contacts = corrected(
        dni, "contactos.lista", nuevas="(01) 315 4000\nmesa@reniec.gob.pe"
    ).ficha.hechos.contactos
    assert [row.tipo for row in contacts] == ["telefono", "correo"]
    norms = corrected(dni, "base_legal.lista", nuevas="Ley 26497, artículo 26").ficha.hechos.base_legal
    assert norms[0].norma == "Ley 26497, artículo 26"
    hours = corrected(dni, "horario", texto="De lunes a viernes, de 8 a 16 h.").ficha
    assert hours.es["horario"] == "De lunes a viernes, de 8 a 16 h."
    assert corrected(dni, "cita.dato", requerida="no").ficha.hechos.cita.requerida is False


def test_an_aspect_becomes_certain_only_when_all_of_it_was_confirmed(dni: Ficha) -> None:
    first = answer(dni, "donde", "correcto")
    only_part = answer(dni, "costos.en-linea", "correcto")
    applied = apply(dni, [first, only_part], WHO)
    assert applied.confirmados == (Aspecto.DONDE,)
    evidence = applied.ficha.hechos.evidence_of(Aspecto.DONDE)
    assert evidence.confianza is Confianza.ALTA
    assert evidence.fuente == "Confirmado por RENIEC (Subgerente de Registro), 2026-11-21"
    assert (evidence.fecha, evidence.vista) == ("2026-11-21", TODAY)
    assert applied.ficha.hechos.evidence_of(Aspecto.COSTO) == dni.hechos.evidence_of(Aspecto.COSTO)


def test_a_fact_held_up_by_what_was_left_open_says_so(dni: Ficha) -> None:
    """Its notice was not answered: the fact stays unconfirmed, and nobody is left to wonder why."""
    of_cost = [fact.id for fact in facts(dni).values() if fact.aspecto is Aspecto.COSTO and not fact.vacio]
    notice = next(ident for ident in of_cost if ident.startswith("duda."))
    given = [answer(dni, ident, "correcto") for ident in of_cost if ident != notice]
    applied = apply(dni, given, WHO)
    assert Aspecto.COSTO not in applied.confirmados
    assert set(applied.sin_aplicar) == {one.hecho for one in given}
    assert all("«Aviso que mostramos»" in said for said in applied.sin_aplicar.values())


@pytest.mark.parametrize("written", ["52,90", "S/ 52.90", "s/. 52.9", "52.90 soles", "52.90"])
def test_a_fee_is_read_as_the_sheets_read_it(dni: Ficha, written: str) -> None:
    form = filled(dni, "costos.en-linea", veredicto="corregir", fuente="RJ 1", monto=written)
    assert form.is_valid(), form.errors
    assert (form.value() or {})["monto"] == "52.90"


def test_a_fee_that_reads_two_ways_is_asked(dni: Ficha) -> None:
    form = filled(dni, "costos.en-linea", veredicto="corregir", fuente="RJ 1", monto="1.250")
    assert "dos maneras" in str(form.errors["monto"])


def test_i_do_not_know_confirms_nothing(dni: Ficha) -> None:
    applied = apply(dni, [answer(dni, "donde", "no_se")], WHO)
    assert applied.ficha == dni
    assert applied.confirmados == ()


def test_an_answer_about_what_has_changed_since_is_left_out(dni: Ficha) -> None:
    stale = Answer("donde", "0" * 16, "corregir", {"texto": "Otro lugar"}, "RJ 1")
    gone = Answer("costos.no-existe", "0" * 16, "correcto")
    applied = apply(dni, [stale, gone], WHO)
    assert applied.ficha == dni
    assert set(applied.sin_aplicar) == {"donde", "costos.no-existe"}


@pytest.mark.parametrize(
    "value", [{}, {"monto": "gratis", "gratuito": False, "codigo_pago": ""}, {"monto": "-3"}, {"lineas": []}]
)
def test_a_stored_value_that_does_not_fit_is_left_out_and_harms_nothing(
    dni: Ficha, value: dict[str, Any]
) -> None:
    applied = apply(dni, [answer(dni, "costos.en-linea", "corregir", value)], WHO)
    assert applied.ficha == dni
    assert "costos.en-linea" in applied.sin_aplicar


def test_every_ficha_whose_facts_are_all_confirmed_stays_the_same_but_for_its_evidence() -> None:
    for ficha in fichas().values():
        known = [fact for fact in facts_of(ficha, TODAY) if not fact.vacio]
        applied = apply(ficha, [Answer(fact.id, fact.sello, "correcto") for fact in known], WHO)
        # Only what a blank beside it holds up is told; nothing else is left out.
        blanks = {fact.aspecto for fact in facts_of(ficha, TODAY) if fact.vacio}
        assert {fact.aspecto for fact in known if fact.id in applied.sin_aplicar} <= blanks
        assert applied.ficha.es == ficha.es
        bare: dict[str, Any] = {"evidencia": {}}
        assert applied.ficha.hechos.model_copy(update=bare) == ficha.hechos.model_copy(update=bare)


@pytest.mark.parametrize(
    ("ident", "said", "field"),
    [
        ("costos.en-linea", {"monto": "gratis"}, "monto"),
        ("costos.en-linea", {"monto": "33.001"}, "monto"),
        ("costos.en-linea", {"monto": "-5"}, "monto"),
        ("costos.en-linea", {"monto": "1e9"}, "monto"),
        ("costos.en-linea", {"monto": "5", "gratuito": "on"}, "monto"),
        ("costos.en-linea", {}, "monto"),
        ("costos.en-linea", {"monto": "33.00", "codigo_pago": "00522"}, "monto"),
        ("costos.en-linea", {"monto": "34", "codigo_pago": "x" * 21}, "codigo_pago"),
        ("plazos.entrega", {"valor": "0", "unidad": "horas"}, "valor"),
        ("plazos.entrega", {"valor": "5"}, "valor"),
        ("plazos.entrega", {"valor": "5", "unidad": "siglos"}, "unidad"),
        ("plazos.entrega", {"valor": "5", "valor_max": "3", "unidad": "horas"}, "valor_max"),
        ("plazos.entrega", {"valor": "48", "unidad": "horas"}, "valor"),
        ("donde", {"texto": ""}, "texto"),
        ("donde", {"texto": "x" * 4001}, "texto"),
        ("donde", {"texto": "Paga {monto}"}, "texto"),
        ("calificacion.dato", {"calificacion": "a_dedo"}, "calificacion"),
        ("recursos.nuevo", {"tipo": "apelacion"}, "autoridad"),
        ("recursos.nuevo", {"tipo": "apelacion", "presentar_dias": "9999"}, "presentar_dias"),
        ("cita.dato", {"requerida": "si", "url": "javascript:alert(1)"}, "url"),
    ],
)
def test_a_correction_that_does_not_hold_is_refused_at_its_field(
    dni: Ficha, ident: str, said: dict[str, str], field: str
) -> None:
    form = filled(dni, ident, veredicto="corregir", fuente="RJ 1", **said)
    assert not form.is_valid()
    assert field in form.errors


def test_a_correction_names_its_source_and_a_confirmation_needs_none(dni: Ficha) -> None:
    nameless = filled(dni, "donde", veredicto="corregir", texto="En Lima.")
    assert not nameless.is_valid()
    assert "fuente" in nameless.errors
    assert filled(
        dni, "donde", veredicto="corregir", texto="En Lima.", fuente_url="https://reniec.gob.pe/tupa"
    ).is_valid()
    assert filled(dni, "donde", veredicto="correcto", texto="lo que quedó en el cuadro {").is_valid()
    assert filled(dni, "donde").is_valid()


def test_nothing_can_be_confirmed_where_nothing_is_said(dni: Ficha) -> None:
    assert not filled(dni, "horario", veredicto="correcto").is_valid()
    assert not filled(dni, "costos.dni-azul", veredicto="correcto").is_valid()


def test_characters_one_cannot_see_are_dropped(dni: Ficha) -> None:
    form = filled(
        dni, "donde", veredicto="corregir", fuente="RJ\u202e 1", texto="En \u200bLima\x07.\r\nY  Cusco"
    )
    assert form.is_valid()
    assert form.value() == {"texto": "En Lima.\nY Cusco"}
    assert form.cleaned_data["fuente"] == "RJ 1"


@pytest.mark.parametrize("name", ["", "ab", "x" * 121, "Ana\nBcc: otra@x.pe"])
def test_who_answers_says_a_name_in_one_line(name: str) -> None:
    assert not SenderForm({"nombre": name, "cargo": "Subgerente"}).is_valid()


def test_every_kind_of_fact_has_its_form() -> None:
    assert {fact.entrada for _ficha, fact in every_fact()} <= set(Entrada)
    for ficha, fact in every_fact():
        assert form_of(fact, ficha).value_fields, fact.id
