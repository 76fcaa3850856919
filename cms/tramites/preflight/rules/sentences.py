"""A new figure in an old sentence: what the sentence then says that nobody decided."""

import re
from collections.abc import Iterator

from cms.tramites.preflight.findings import Level
from cms.tramites.preflight.registry import Case, Problem, rule
from cms.tramites.preflight.rules.forbidden import denies
from cms.tramites.schema import Aspecto, Costo, Plazo
from cms.ui.formats import money, term

PAYMENT = re.compile(r"\b(pag(o|os|ar|as|a|ad[oa]s?)|tasas?|derechos? de tr[aá]mite)\b", re.IGNORECASE)
# Words that hold for one figure or one way only.
NARROW = re.compile(
    r"\b(cerca de|alrededor de|aproximad\w*|unos|menos de|m[aá]s de|[uú]ltimo (monto|plazo)|publicad[oa]"
    r"|por internet|en l[ií]nea|virtual|en persona|presencial|en la oficina)\b",
    re.IGNORECASE,
)


@rule("gratuito-y-pide-pago", Level.AVISO, "")
def free_of_charge_and_yet_a_payment_is_asked_for(case: Case) -> Iterator[Problem]:
    if not case.costos or not all(row.gratuito for row in case.costos):
        return
    for row in case.hechos.requisitos:
        text = case.es.get(f"requisitos.{row.clave}", "")
        if PAYMENT.search(text) and not denies(text):
            yield Problem(
                Aspecto.REQUISITOS,
                f"El trámite es gratuito y este requisito habla de un pago: «{text}». Quítalo o corrígelo, o "
                "comprueba que es un pago por otra cosa.",
                row.clave,
                "texto",
                hecho=text,
            )


@rule("frase-de-otra-cifra", Level.AVISO, "")
def a_new_figure_in_a_sentence_made_for_the_old_one(case: Case) -> Iterator[Problem]:
    """`Demora menos de {plazo}` was true of five minutes; with one day it tells what no norm says."""
    if case.before is None:
        return
    were: list[Costo | Plazo] = [*case.before.hechos.costos, *case.before.hechos.plazos]
    are: list[Costo | Plazo] = [*case.costos, *case.plazos]
    before = {_key(row): _figure(row) for row in were}
    for row in are:
        key, figure = _key(row), _figure(row)
        text = case.es.get(key, "")
        same = text == case.before.es.get(key, "")
        if same and key in before and before[key] != figure and NARROW.search(text):
            yield Problem(
                Aspecto.COSTO if isinstance(row, Costo) else Aspecto.PLAZO,
                f"La cifra cambió y la frase es la de antes: «{_with_figures(text, row)}». Comprueba que lo que la norma dice ahora se "
                "puede decir así; si no, corrige la frase.",
                row.clave,
                "texto",
                hecho=f"{text} {figure}",
            )


def _with_figures(text: str, row: Costo | Plazo) -> str:
    """As it will be read, where the figure is one."""
    if isinstance(row, Costo):
        said = text.replace("{codigo_pago}", row.codigo_pago)
        return said.replace("{monto}", money(row.monto)) if row.monto else said
    if row.valor is None or row.unidad is None:
        return text
    return text.replace("{plazo}", term(row.valor, row.unidad, row.valor_max))


def _key(row: Costo | Plazo) -> str:
    return f"{'costos' if isinstance(row, Costo) else 'plazos'}.{row.clave}"


def _figure(row: Costo | Plazo) -> str:
    if isinstance(row, Costo):
        return f"{row.monto} {row.gratuito}"
    return f"{row.valor} {row.valor_max} {row.unidad}"
