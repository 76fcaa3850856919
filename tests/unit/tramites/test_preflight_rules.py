"""The law as rules: each finds what it is for, at its place, and leaves alone what is right."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cms.tramites.preflight import Finding, Level, check
from cms.tramites.preflight.registry import RULES
from cms.tramites.schema import Ficha

TODAY = date(2026, 11, 21)
UIT = {2024: Decimal("5150"), 2025: Decimal("5350"), 2026: Decimal("5500")}
SOURCE = {"confianza": "alta", "fuente": "TUPA", "fecha": "2026-01-10", "vista": "2026-11-01"}

SAID = ("descripcion", "requisitos", "costo", "plazo", "canales", "calificacion", "recursos", "base_legal")
ALL_SOURCED = dict.fromkeys(SAID, SOURCE)


def ficha(words: dict[str, str] | None = None, **facts: Any) -> Ficha:
    """A whole procedure that nothing is wrong with, changed by `facts` and `words`."""
    right: dict[str, Any] = {
        "codigo": "reniec-licencia",
        "entidad": "municipalidad",
        "nivel": "completa",
        "tipo": "procedimiento",
        "codigo_tupa": "PA1",
        "requisitos": [{"clave": "solicitud"}],
        "costos": [{"clave": "tasa", "monto": "50.00"}],
        "plazos": [{"clave": "respuesta", "valor": 15, "unidad": "dias_habiles"}],
        "canales": [{"clave": "mesa", "via": "presencial"}],
        "calificacion": "evaluacion_previa_silencio_positivo",
        "recursos": [{"tipo": "apelacion", "presentar_dias": 15, "resolver_dias": 30}],
        "base_legal": [{"norma": "Ordenanza 12-2025", "fecha_publicacion": "2025-02-01"}],
        "evidencia": ALL_SOURCED,
    }
    said = {
        "nombre": "Licencia de anuncio",
        "descripcion": "Permite poner un anuncio.",
        "requisitos.solicitud": "La solicitud.",
    }
    if not (right | facts)["requisitos"]:
        del said["requisitos.solicitud"]
    kept = {key: text for key, text in (said | (words or {})).items() if text}
    return Ficha.model_validate({"hechos": right | facts, "es": kept})


def found(subject: Ficha, **more: Any) -> dict[str, Finding]:
    return {finding.rule: finding for finding in check(subject, today=TODAY, uit=UIT, **more)}


def requisito(text: str, entidad: str = "municipalidad") -> Ficha:
    return ficha({"requisitos.solicitud": text}, entidad=entidad)


def test_nothing_is_wrong_with_what_is_right() -> None:
    assert [f for f in check(ficha(), today=TODAY, uit=UIT) if f.level is not Level.INFORMACION] == []


BREAKS: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    ("calificacion-segun-tipo", {"calificacion": "no_aplica"}, {}),
    ("calificacion-segun-tipo", {"tipo": "servicio_exclusivo"}, {}),
    ("servicio-no-aplica", {"tipo": "servicio_exclusivo", "calificacion": "por_confirmar"}, {}),
    ("silencio-y-plazo", {"plazos": [], "evidencia": {"costo": SOURCE}}, {}),
    (
        "silencio-y-plazo",
        {"calificacion": "aprobacion_automatica"},
        {"calificacion": "Se aplica el silencio administrativo positivo."},
    ),
    (
        "plazo-30-dias",
        {"plazos": [{"clave": "r", "valor": 20, "valor_max": 31, "unidad": "dias_habiles"}]},
        {},
    ),
    ("plazo-30-dias", {"plazos": [{"clave": "r", "valor": 2, "unidad": "meses"}]}, {}),
    ("plazo-automatica", {"calificacion": "aprobacion_automatica"}, {}),
    (
        "plazo-dias-calendario",
        {"plazos": [{"clave": "r", "valor": 10, "unidad": "dias_calendario"}], "base_legal": []},
        {},
    ),
    ("silencio-negativo-por-que", {"calificacion": "evaluacion_previa_silencio_negativo"}, {}),
    ("costo-uit", {"costos": [{"clave": "tasa", "monto": "50.00", "uit_porcentaje": "1.00"}]}, {}),
    ("costo-sobre-uit", {"costos": [{"clave": "tasa", "monto": "5500.01"}]}, {}),
    ("costo-no-corresponde", {}, {"nombre": "Queja por defecto de tramitación"}),
    (
        "costo-por-etapas",
        {"costos": [{"clave": "primera-etapa", "monto": "5"}, {"clave": "segunda-etapa", "monto": "6"}]},
        {},
    ),
    (
        "costo-por-prisa-o-persona",
        {"costos": [{"clave": "normal", "monto": "5"}, {"clave": "urgente", "monto": "9"}]},
        {},
    ),
    ("costo-con-fuente", {"evidencia": {}}, {}),
    ("costo-con-fuente", {"evidencia": {"costo": SOURCE | {"vista": None}}}, {}),
    ("costo-fuente-sin-fecha", {"evidencia": {"costo": SOURCE | {"fecha": ""}}}, {}),
    ("costo-viejo", {"evidencia": {"costo": SOURCE | {"vista": "2025-10-01"}}}, {}),
    ("requisito-en-el-tupa", {"codigo_tupa": ""}, {}),
    (
        "formulario-sin-requisitos",
        {},
        {"requisitos.solicitud": "Los demás documentos que indique el formulario."},
    ),
    ("norma-con-fecha", {"base_legal": [{"norma": "Ordenanza 12-2025"}]}, {}),
    ("norma-con-fecha", {"base_legal": [{"norma": "La ordenanza", "fecha_publicacion": "2025-02-01"}]}, {}),
    ("recurso-plazos", {"recursos": [{"tipo": "apelacion", "presentar_dias": 15, "resolver_dias": 15}]}, {}),
    ("recurso-plazos", {"recursos": [{"tipo": "reconsideracion", "presentar_dias": 10}]}, {}),
    ("recurso-de-revision", {}, {"recursos": "También cabe el recurso de revisión."}),
    ("cifra-a-mano", {}, {"costos.tasa": "Cuesta S/ 50."}),
    ("costo-sin-monto", {}, {"costos.tasa": "Licencia de anuncio, con el código {codigo_pago}."}),
    ("dicho-sin-fuente", {}, {"quien": "Quien tenga un local."}),
    ("plazo-como-se-cuenta", {}, {}),
    ("observaciones-una-vez", {}, {}),
    ("recurso-quien", {}, {}),
    ("tupa-al-dia", {}, {}),
]


@pytest.mark.parametrize(("rule", "facts", "words"), BREAKS)
def test_a_rule_finds_what_it_is_for(rule: str, facts: dict[str, Any], words: dict[str, str]) -> None:
    finding = found(ficha(words, **facts))[rule]
    assert finding.mensaje.endswith(".")
    assert finding.level is RULES[rule].level


@pytest.mark.parametrize(
    ("rule", "facts", "words"),
    [
        # A ley may give more than thirty days; a fee of 1 % of the UIT is what it is to five cents.
        (
            "plazo-30-dias",
            {
                "plazos": [{"clave": "r", "valor": 60, "unidad": "dias_habiles"}],
                "base_legal": [{"norma": "Ley 30000", "fecha_publicacion": "2020-01-01"}],
            },
            {},
        ),
        ("plazo-30-dias", {"plazos": [{"clave": "r", "valor": 30, "unidad": "dias_habiles"}]}, {}),
        ("costo-uit", {"costos": [{"clave": "tasa", "monto": "55.04", "uit_porcentaje": "1.00"}]}, {}),
        ("costo-sobre-uit", {"costos": [{"clave": "tasa", "monto": "5500.00"}]}, {}),
        (
            "costo-no-corresponde",
            {"costos": [{"clave": "t", "gratuito": True}]},
            {"nombre": "Queja de tramitación"},
        ),
        ("costo-por-prisa-o-persona", {"costos": [{"clave": "urgente", "monto": "9"}]}, {}),
        (
            "recurso-plazos",
            {"recursos": [{"tipo": "reconsideracion", "presentar_dias": 15, "resolver_dias": 30}]},
            {},
        ),
        (
            "silencio-negativo-por-que",
            {"calificacion": "evaluacion_previa_silencio_negativo"},
            {"calificacion": "Protege la salud de las personas."},
        ),
        (
            "requisito-en-el-tupa",
            {"codigo_tupa": "", "base_legal": [{"norma": "Ordenanza 3, que aprueba el TUPA"}]},
            {},
        ),
        ("requisito-en-el-tupa", {"codigo_tupa": "", "tipo": "por_confirmar"}, {}),
    ],
)
def test_a_rule_leaves_alone_what_the_law_allows(
    rule: str, facts: dict[str, Any], words: dict[str, str]
) -> None:
    assert rule not in found(ficha(words, **facts))


def test_a_year_without_uit_is_said() -> None:
    fee = {"clave": "tasa", "monto": "55.00", "uit_porcentaje": "1.00", "desde": "2027-01-01"}
    assert "No está registrada la UIT de 2027" in found(ficha(costos=[fee]))["costo-uit"].mensaje


def test_kinds_and_fees_that_the_shape_refuses_are_refused_here_too() -> None:
    right = ficha()
    free = right.hechos.costos[0].model_copy(update={"monto": Decimal("0")})
    facts = right.hechos.model_copy(update={"tipo": "otra cosa", "costos": [free]})
    wrong = found(right.model_copy(update={"hechos": facts}))
    assert wrong["tipo-conocido"].level is wrong["costo-una-cosa"].level is Level.ERROR
    assert wrong["costo-una-cosa"].clave == "tasa"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("prohibido-copia-dni", "Copia simple del DNI."),
        ("prohibido-copia-dni", "Fotocopia legalizada de tu documento nacional de identidad"),
        ("prohibido-dni-vigente", "DNI vigente."),
        ("prohibido-recibo-de-pago", "El voucher."),
        ("prohibido-recibo-de-pago", "Recibo original de pago por derecho de trámite"),
        ("prohibido-foto", "Dos fotografías tamaño carné."),
        ("prohibido-tres-copias", "El expediente en tres copias."),
        ("prohibido-tres-copias", "5 juegos del plano"),
        ("prohibido-partida", "Copia de la partida de nacimiento."),
        ("prohibido-partida", "Certificado de supervivencia."),
        ("prohibido-domiciliario", "Certificado domiciliario."),
        ("prohibido-de-la-misma-entidad", "Constancia expedida por la municipalidad."),
        ("prohibido-otra-identidad", "Partida de bautismo para probar tu identidad."),
        ("prohibido-notario", "Carta poder legalizada por notario."),
        ("prohibido-sello", "Sello de la oficina de tesorería."),
    ],
)
def test_a_forbidden_requirement_warns_with_the_reason(rule: str, text: str) -> None:
    finding = found(requisito(text))[rule]
    assert (finding.level, finding.clave, finding.campo) == (Level.AVISO, "solicitud", "texto")
    assert finding.base.startswith(("Ley 27444", "Decreto Legislativo 1246"))


@pytest.mark.parametrize(
    ("text", "entidad"),
    [
        ("Tu DNI.", "municipalidad"),
        ("No necesitas copia del DNI.", "municipalidad"),
        ("Una copia de tu pasaporte.", "migraciones"),
        ("Un recibo de luz o de agua.", "reniec"),
        ("Haber pagado la tasa.", "municipalidad"),
        ("Una foto con fondo blanco.", "reniec"),
        ("El acta de nacimiento original.", "reniec"),
        ("DNI vigente.", "reniec"),
        ("Dos copias del plano.", "municipalidad"),
    ],
)
def test_what_may_be_asked_for_is_not_flagged(text: str, entidad: str) -> None:
    assert [rule for rule in found(requisito(text, entidad)) if rule.startswith("prohibido")] == []


EMPTY: dict[str, dict[str, Any]] = {
    "descripcion": {},
    "requisitos": {"requisitos": []},
    "costo": {"costos": []},
    "plazo": {"plazos": []},
    "recursos": {"recursos": []},
}


@pytest.mark.parametrize("aspecto", EMPTY)
def test_silence_stops_a_whole_ficha_and_an_explicit_blank_warns(aspecto: str) -> None:
    words = {"descripcion": ""} if aspecto == "descripcion" else {}
    evidence = {a: e for a, e in ALL_SOURCED.items() if a != aspecto}
    silent = found(ficha(words, **EMPTY[aspecto], evidencia=evidence))
    assert (silent["completa-dice"].level, silent["completa-dice"].aspecto) == (Level.ERROR, aspecto)
    blank = evidence | {aspecto: {"confianza": "sin_dato"}}
    spoken = found(ficha(words, **EMPTY[aspecto], evidencia=blank))
    assert "completa-dice" not in spoken
    assert (spoken["por-confirmar"].level, spoken["por-confirmar"].aspecto) == (Level.AVISO, aspecto)
    doubt = {f"duda.{aspecto}": "Dos fuentes se contradicen."}
    assert "completa-dice" not in found(ficha(words | doubt, **EMPTY[aspecto], evidencia=evidence))


def test_a_qualification_to_be_confirmed_is_an_explicit_blank() -> None:
    assert found(ficha(calificacion="por_confirmar"))["por-confirmar"].campo == "calificacion"


def test_a_silence_stops_a_new_fee_too_until_it_is_said_to_be_one() -> None:
    evidence = {a: e for a, e in ALL_SOURCED.items() if a not in ("plazo", "calificacion")}
    silent = ficha(plazos=[], calificacion="por_confirmar", evidencia=evidence)
    said = ficha(
        plazos=[],
        calificacion="por_confirmar",
        evidencia=evidence | {"plazo": {"confianza": "sin_dato"}},
        costos=[{"clave": "tasa", "monto": "60"}],
    )
    assert found(silent, before=silent)["completa-dice"].aspecto == "plazo"
    assert "completa-dice" not in found(said, before=silent)


def test_a_basic_ficha_needs_its_name_and_its_entity_only() -> None:
    facts = {"codigo": "a-b", "entidad": "reniec", "nivel": "basica"}
    assert (
        check(Ficha.model_validate({"hechos": facts, "es": {"nombre": "Orientación"}}), today=TODAY, uit=UIT)
        == []
    )


def test_a_row_to_be_confirmed_is_counted() -> None:
    finding = found(ficha(costos=[{"clave": "tasa", "por_confirmar": True}]))["por-confirmar"]
    assert (finding.aspecto, finding.clave) == ("costo", "tasa")
    assert finding.mensaje.startswith("En el costo, la fila «tasa» está por confirmar.")


def test_a_new_fee_under_an_old_source_is_asked_about() -> None:
    before = ficha()
    dearer = ficha(costos=[{"clave": "tasa", "monto": "60.00"}])
    assert found(dearer, before=before)["costo-nuevo-fuente-vieja"].campo == "fuente"
    assert "costo-nuevo-fuente-vieja" not in found(before, before=before)
    sourced = before.hechos.evidencia | {"costo": SOURCE | {"fuente": "Ordenanza 13-2026"}}
    renewed = ficha(costos=[{"clave": "tasa", "monto": "60.00"}], evidencia=sourced)
    assert "costo-nuevo-fuente-vieja" not in found(renewed, before=before)


def test_who_accepted_a_warning_is_asked_again_when_the_fact_changes_and_not_before() -> None:
    first, same, other = (
        found(requisito(text))["prohibido-copia-dni"].id
        for text in ("Copia del DNI.", "Copia  del DNI.", "Copia del DNI del titular.")
    )
    assert first == same != other


def test_a_place_open_for_less_than_eight_hours_warns() -> None:
    subject = ficha(sedes=["centro-mac-piura"])
    assert (
        found(subject, jornadas={"centro-mac-piura": 7.5})["jornada-de-8-horas"].clave == "centro-mac-piura"
    )
    assert "jornada-de-8-horas" not in found(subject, jornadas={"centro-mac-piura": 10})
    assert "jornada-de-8-horas" not in found(subject)


def test_the_gravest_comes_first() -> None:
    levels = [f.level for f in check(ficha(codigo_tupa="", base_legal=[]), today=TODAY, uit=UIT)]
    order = [Level.ERROR, Level.AVISO, Level.INFORMACION]
    assert levels == sorted(levels, key=order.index)


def test_a_fee_that_jumps_and_a_doubt_left_beside_it_are_asked_about() -> None:
    doubt = {"duda.costo": "La prensa dio dos montos."}
    before = ficha(doubt, costos=[{"clave": "tasa", "monto": "50.00"}])
    after = ficha(doubt, costos=[{"clave": "tasa", "monto": "500.00"}])
    assert {"costo-salta", "duda-que-queda"} <= set(found(after, before=before))
    resolved = ficha(costos=[{"clave": "tasa", "monto": "55.00"}])
    assert not {"costo-salta", "duda-que-queda"} & set(found(resolved, before=before))


def test_who_pays_nothing_is_asked_for_no_receipt() -> None:
    receipt = {"requisitos.solicitud": "El recibo del pago de la tasa."}
    free = [{"clave": "tasa", "gratuito": True}]
    finding = found(ficha(receipt, costos=free))["gratuito-y-pide-pago"]
    assert "«El recibo del pago de la tasa.»" in finding.mensaje
    assert "gratuito-y-pide-pago" not in found(ficha(receipt))
    assert "gratuito-y-pide-pago" not in found(ficha(costos=free))
    assert "gratuito-y-pide-pago" not in found(
        ficha({"requisitos.solicitud": "No necesitas pagar nada."}, costos=free)
    )


def test_a_new_figure_in_a_sentence_of_the_old_one_is_asked_about() -> None:
    less = {"plazos.respuesta": "Por internet demora menos de {plazo}."}
    days = [{"clave": "respuesta", "valor": 20, "unidad": "dias_habiles"}]
    finding = found(ficha(less, plazos=days), before=ficha(less))["frase-de-otra-cifra"]
    assert "«Por internet demora menos de 20 días hábiles.»" in finding.mensaje
    assert "frase-de-otra-cifra" not in found(ficha(less), before=ficha(less))
    plain = {"plazos.respuesta": "Demora {plazo}."}
    assert "frase-de-otra-cifra" not in found(ficha(plain, plazos=days), before=ficha(less))
    assert "frase-de-otra-cifra" not in found(ficha(plain, plazos=days), before=ficha(plain))
    last = {"costos.tasa": "El último monto publicado es {monto}."}
    raised = [{"clave": "tasa", "monto": "60.00"}]
    assert "frase-de-otra-cifra" in found(ficha(last, costos=raised), before=ficha(last))
