"""Whoever approves reads the whole sentence citizens will read, before and after, in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from cms.accounts.models import User
from cms.editing.packages import operations
from cms.editing.packages.heard import Heard
from cms.editing.packages.models import Paquete
from cms.editing.packages.report import as_csv, report
from cms.editing.proposals import Accion, Proposal
from cms.tramites.models import Palabra
from cms.tramites.operations import publish_ficha, publish_translations
from cms.tramites.schema import Aspecto, Ficha, seal
from tests.unit.editing.packages.conftest import ACTA, DNI, NUEVA, brand_new, with_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
SPANISH = "Por internet pagas {monto} en Págalo.pe, con el código {codigo_pago}."
QUECHUA = "Internetpiqa {monto} qullqitam Págalo.pe nisqapi qunki, {codigo_pago} yupaywan."


def costing(amount: str, sentence: str = SPANISH, **facts: object) -> Ficha:
    row = {"clave": "en-linea", "monto": Decimal(amount), "via": "en_linea", "codigo_pago": "02121", **facts}
    return with_facts(DNI, {"costos.en-linea": sentence}, costos=[row])


@pytest.fixture
def one_sentence(berta: User, draft: Paquete) -> Paquete:
    """Public is one sentence with its fee and its Quechua; the draft is empty."""
    publish_ficha(costing("41.00"), by=berta)
    translate(SPANISH, QUECHUA)
    return draft


def translate(spanish: str, quechua: str) -> None:
    Palabra.objects.create(
        codigo=DNI, clave="costos.en-linea", texto=quechua, sello=seal(spanish), estado="revisado"
    )
    publish_translations(DNI, by=None)


def read(package: Paquete, after: Ficha, by: User) -> dict[str, Heard]:
    operations.put(package, [Proposal(DNI, Accion.CAMBIA, after)], by=by)
    (ficha,) = report(package).fichas
    return {said.locale: said for said in ficha.heard if said.aspecto is Aspecto.COSTO and not said.desde}


def test_a_sentence_nobody_rewrote_is_shown_whole_with_the_new_figure(
    one_sentence: Paquete, berta: User
) -> None:
    said = read(one_sentence, costing("43.50"), berta)
    assert "Por internet pagas S/ 41.00 en Págalo.pe, con el código 02121." in said["es"].antes
    assert "Por internet pagas S/ 43.50 en Págalo.pe, con el código 02121." in said["es"].despues
    assert "Internetpiqa S/ 41.00 qullqitam" in said["qu"].antes
    assert "Internetpiqa S/ 43.50 qullqitam" in said["qu"].despues
    for told in said.values():
        assert "43.50" in "".join(piece.text for piece in told.pieces if piece.kind == "nuevo")
        assert "".join(piece.text for piece in told.pieces if piece.kind != "fuera") == told.despues


def test_quechua_that_falls_behind_is_shown_as_it_will_be_read(one_sentence: Paquete, berta: User) -> None:
    new = "Por internet pagas {monto}. Código {codigo_pago}."
    said = read(one_sentence, costing("43.50", new), berta)
    assert "Internetpiqa" in said["qu"].antes
    assert "Internetpiqa" not in said["qu"].despues
    assert "Por internet pagas S/ 43.50. Código 02121." in said["qu"].despues


def test_quechua_translated_ahead_is_the_one_shown(one_sentence: Paquete, berta: User) -> None:
    new = "Por internet pagas {monto}. Código {codigo_pago}."
    translate(new, "Internetpi {monto} qunki. Yupay: {codigo_pago}.")
    said = read(one_sentence, costing("43.50", new), berta)
    assert "Internetpi S/ 43.50 qunki. Yupay: 02121." in said["qu"].despues


def test_a_fee_that_begins_later_is_shown_with_its_day(one_sentence: Paquete, berta: User) -> None:
    later = costing("41.00").model_dump(mode="json")
    later["hechos"]["costos"][0]["hasta"] = "2098-12-31"
    row = {**later["hechos"]["costos"][0], "clave": "en-linea-2099", "monto": "50.00", "desde": "2099-01-01", "hasta": None}  # fmt: skip
    later["hechos"]["costos"].append(row)
    later["es"]["costos.en-linea-2099"] = SPANISH
    operations.put(one_sentence, [Proposal(DNI, Accion.CAMBIA, Ficha.model_validate(later))], by=berta)
    (ficha,) = report(one_sentence).fichas
    (then,) = [said for said in ficha.heard if said.desde and said.locale == "es"]
    assert then.desde == date(2099, 1, 1)
    assert "S/ 50.00" in then.despues


def test_what_does_not_change_and_what_goes_are_not_told_again(one_sentence: Paquete, berta: User) -> None:
    gone = Proposal(ACTA, Accion.RETIRA, None, motivo="Ya no se da")
    changed = Proposal(DNI, Accion.CAMBIA, costing("43.50"))
    operations.put(one_sentence, [gone, changed], by=berta)
    told = {ficha.item.codigo: ficha.heard for ficha in report(one_sentence).fichas}
    assert told[ACTA] == []
    assert {said.aspecto for said in told[DNI]} == {Aspecto.COSTO}


def test_a_new_ficha_is_read_whole_before_anybody_can_see_it(draft: Paquete, berta: User) -> None:
    operations.put(draft, [Proposal(NUEVA, Accion.NUEVA, brand_new())], by=berta)
    (ficha,) = report(draft).fichas
    fee = next(said for said in ficha.heard if said.aspecto is Aspecto.COSTO and said.locale == "es")
    assert fee.antes == ""
    assert "S/ 12.50" in fee.despues


def test_the_table_of_the_report_has_the_sentences_too(one_sentence: Paquete, berta: User) -> None:
    read(one_sentence, costing("43.50"), berta)
    table = as_csv(report(one_sentence))
    assert "Lo que se leerá en quechua: Cuánto cuesta" in table
    assert "Por internet pagas S/ 43.50 en Págalo.pe" in table
