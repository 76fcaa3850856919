"""Requirements the law forbids (article 40.1 of Ley 27444).

They only warn, with the reason: real desks do ask for some of them, and a citizen who is not told comes back
empty-handed. The editor decides, with the entity.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cms.tramites.preflight.findings import Level
from cms.tramites.preflight.registry import Case, Check, Problem, rule
from cms.tramites.schema import Aspecto, Requisito

ASK = "Pregunta a la entidad; si de verdad lo pide en la ventanilla, déjalo: a la gente se lo van a pedir."
COPY = r"\b(foto)?copias?\b"
ID_CARD = r"\b(dni|documento nacional de identidad)\b"


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A pattern of words, why it is forbidden, and for whom it is not (`except_for`: entities)."""

    id: str
    base: str
    pattern: str
    why: str
    except_for: tuple[str, ...] = ()


FORBIDDEN = (
    Forbidden(
        "prohibido-copia-dni",
        "Ley 27444, artículo 40.1.10; Decreto Legislativo 1246",
        rf"{COPY}[^.;]*{ID_CARD}|{ID_CARD}[^.;]*\b(en|una|simple|su|tu) {COPY}",
        "La entidad no puede pedir copia del DNI: lo consulta ella misma.",
    ),
    Forbidden(
        "prohibido-dni-vigente",
        "Decreto Legislativo 1246",
        rf"{ID_CARD}( [a-záéíóúñ]+)? (vigente|no vencido|sin vencer)\b|{ID_CARD} no (está|esté) vencido",
        "Un DNI vencido no impide hacer un trámite.",
        except_for=("reniec", "onpe", "jne"),
    ),
    Forbidden(
        "prohibido-recibo-de-pago",
        "Ley 27444, artículo 40.1.8",
        r"\b(voucher|baucher|(recibo|comprobante|constancia|boleta|ticket|papeleta)( original)? (del?|de el) (pago|dep[oó]sito))",
        "De un pago hecho a la misma entidad basta decir la fecha y el número. Si se paga en el Banco de la Nación "
        "para otra entidad, es dudoso.",
    ),
    Forbidden(
        "prohibido-foto",
        "Ley 27444, artículo 40.1.4",
        r"\bfotos?\b|\bfotograf[ií]as?\b",
        "Solo se pide foto para documentos de identidad, pasaportes y licencias por seguridad.",
        except_for=("reniec", "migraciones", "mtc", "sucamec"),
    ),
    Forbidden(
        "prohibido-tres-copias",
        "Ley 27444, artículo 40.1.3",
        r"\b([3-9]|\d\d|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)\b[^.;]{0,20}\b((foto)?copias|ejemplares|juegos)\b",
        "No se piden tres o más copias de lo mismo.",
    ),
    Forbidden(
        "prohibido-partida",
        "Ley 27444, artículo 40.1.10; Decreto Legislativo 1246",
        r"\b(partida|acta)s? de (nacimiento|matrimonio|defunci[oó]n)\b|\bcertificado de supervivencia\b",
        "La entidad no puede pedir lo que ya puede consultar en RENIEC.",
        except_for=("reniec",),
    ),
    Forbidden(
        "prohibido-domiciliario",
        "Ley 27444, artículos 40.1.10 y 41",
        r"\bcertificado (domiciliario|de domicilio)\b|\bconstancia (domiciliaria|de domicilio)\b",
        "Para el domicilio basta una declaración jurada.",
    ),
    Forbidden(
        "prohibido-de-la-misma-entidad",
        "Ley 27444, artículos 40.1.1 y 40.1.2",
        r"\b(constancia|resoluci[oó]n|certificado|documento)s? (expedid|emitid|otorgad)[oa]s? por (la|esta|el|este) "
        r"(misma? )?(entidad|instituci[oó]n|municipalidad|ministerio|sector)",
        "La entidad no puede pedir documentos que ella o su sector ya tienen.",
    ),
    Forbidden(
        "prohibido-otra-identidad",
        "Ley 27444, artículo 40.1.5",
        r"\b(partida de bautismo|libreta (militar|electoral)|carn[eé] (universitario|de estudiante)|brevete)\b"
        r"[^.;]*\b(identidad|identificar)",
        "Para identificarse basta el DNI; los extranjeros, su carné de extranjería o su pasaporte.",
    ),
    Forbidden(
        "prohibido-notario",
        "Ley 27444, artículo 41",
        r"\b(legalizad|autenticad|certificad)[oa]s? (por|ante) (un |el )?notari|\bnotarial(es|mente)?\b|\btraducci[oó]n oficial\b",
        "Valen la copia simple, la declaración jurada y la traducción simple, salvo que una ley diga otra cosa.",
    ),
    Forbidden(
        "prohibido-sello",
        "Ley 27444, artículo 40.1.6",
        r"\b(sello|visto bueno|visaci[oó]n|v[°º]b[°º]) de(l| la| una?)? [^.;]*\b(oficina|área|gerencia|unidad|dirección|mesa)",
        "No se pide el sello o el visto bueno de otra oficina de la misma entidad: eso lo tramita ella.",
    ),
)


def _check_for(forbidden: Forbidden) -> Check:
    pattern = re.compile(forbidden.pattern, re.IGNORECASE)

    def look(case: Case) -> Iterator[Problem]:
        if case.hechos.entidad in forbidden.except_for:
            return
        for row in case.hechos.requisitos:
            text = case.es.get(f"requisitos.{row.clave}", "")
            if pattern.search(text) and not denies(text):
                yield _problem(row, text, forbidden)

    return look


def denies(text: str) -> bool:
    """`No necesitas copia del DNI` asks for none."""
    return (
        re.match(r"\s*(no (hace falta|necesitas|se pide|tienes que|lleves)|sin )", text, re.IGNORECASE)
        is not None
    )


def _problem(row: Requisito, text: str, forbidden: Forbidden) -> Problem:
    return Problem(Aspecto.REQUISITOS, f"{forbidden.why} {ASK}", row.clave, "texto", hecho=text)


for each in FORBIDDEN:
    rule(each.id, Level.AVISO, each.base)(_check_for(each))
