"""The 52 full fichas, held against what was read of each: its fees, its source, how sure it is.

The tables are copied from the reading, not from the fichas: a figure changed in a ficha by mistake shows here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from cms.tramites.schema import Aspecto, Confianza, Costo, Ficha, Nivel, aspect_of
from cms.tramites.seed import read_fichas

CONTENT = Path(__file__).resolve().parents[3] / "content"

# codigo -> how sure, date of the source, the source.
SOURCES = {
    "reniec-dni-renovacion": ("media", "2025-10-04", "El Comercio 2025-10-04; coincide Líbero 2026-01-02"),
    "reniec-dnie-primera-vez": ("baja", "2026-02", "gob.pe/238; Exitosa 2026-02-23; La República 2026-02-26"),
    "reniec-dni-duplicado": (
        "media",
        "2025-10-04",
        "El Comercio 2025-10-04; Líbero 2026-01-24; La República 2023-06-01 y 2024-10-30; Ojo (sin fecha)",
    ),
    "reniec-dni-menor-inscripcion": ("media", "", "RENIEC, preguntas frecuentes"),
    "reniec-dni-menor-renovacion": ("media", "2026-03-12", "El Comercio 2026-03-12; tasa: RENIEC/gob.pe/238"),
    "reniec-dni-menor-duplicado": (
        "baja",
        "2023-06-01",
        "La República 2023-06-01; RENIEC FAQ (solo presencial)",
    ),
    "reniec-dni-domicilio": ("alta", "2025-10-04", "El Comercio 2025-10-04; gob.pe/238; Gestión 2025-08-13"),
    "reniec-dni-rectificacion": ("baja", "", "RENIEC; gob.pe/238"),
    "reniec-acta-nacimiento": ("alta", "2025-09-22", "Infobae 2025-09-22; Líbero 2025-09-28"),
    "reniec-acta-matrimonio": ("alta", "2025-09-22", "Infobae 2025-09-22; Líbero 2025-09-28"),
    "reniec-acta-defuncion": ("alta", "2025-09-22", "Infobae 2025-09-22; Líbero 2025-09-28"),
    "migraciones-pasaporte": (
        "alta",
        "2024-05",
        "Gestión 2024-05; La República 2024-05-05 y 2024-11-23; Correo 2024-05",
    ),
    "migraciones-pasaporte-menor": ("baja", "2023", "AP Noticias 2023"),
    "migraciones-carne-extranjeria-renovacion": ("media", "", "gob.pe Migraciones"),
    "migraciones-carne-extranjeria": ("baja", "2022", "La República 2022"),
    "mininter-antecedentes-policiales": ("alta", "2026-02-06", "El Comercio 2026-02-06 y 2025-12-12; Wálac"),
    "pj-antecedentes-penales": ("media", "2026-01-22", "El Comercio 2026-01-22"),
    "inpe-antecedentes-judiciales": (
        "baja",
        "2022",
        "El Men (requisitos); El Comercio 2022 (monto); ficha MAC del INPE en Scribd 403575497 (cita)",
    ),
    "mtpe-certificado-unico-laboral": ("media", "2024", "Radio Nacional 2024; Trome"),
    "mtc-licencia-a1": (
        "media",
        "2025-11-20",
        "Panamericana 2025-11-20; La República 2024-04-22; Al Volante Escuela; Prensa Chalaca; PQS",
    ),
    "mtc-licencia-revalidacion": ("media", "2022-09", "Entorno Inteligente 2022-09; Perú21/Depor; PQS"),
    "mtc-licencia-duplicado": ("media", "", "Prensa Chalaca"),
    "mtc-record-conductor": ("media", "2021-12", "La República 2021-12"),
    "sunat-ruc-inscripcion": ("media", "2023-06-22", "Infobae 2023-06-22"),
    "sunat-ruc-actualizacion": ("baja", "", "Índice público (temas SUNAT)"),
    "sunat-clave-sol": ("media", "2020", "La República 2020"),
    "sis-gratuito": ("media", "", "SIS, preguntas frecuentes"),
    "sis-para-todos": ("media", "2023", "SIS; Infobae 2023"),
    "sis-independiente": ("baja", "2021", "La República 2021"),
    "sis-levantamiento-anulacion": ("media", "2023", "Infobae 2023"),
    "essalud-registro-conyuge": ("media", "2025", "EsSalud 2023; La República 2024; Panamericana 2025"),
    "essalud-registro-hijo": ("media", "2025", "EsSalud 2023; Panamericana 2025"),
    "rree-apostilla": ("media", "", "gob.pe/37288; índice público de páginas web"),
    "rree-legalizacion": ("baja", "", "gob.pe/37288; índice público de páginas web"),
    "sunarp-reserva-nombre": ("media", "2019", "SUNARP SCR, preguntas frecuentes 2019"),
    "sunarp-busqueda-indice": ("baja", "", "SUNARP (dato recogido en búsqueda)"),
    "sunarp-vigencia-poder": ("sin_dato", "", ""),
    "sunarp-copia-literal": ("baja", "", "Wikiregistral"),
    "sunarp-certificado-negativo": ("baja", "", "Wikiregistral (antiguo)"),
    "midis-sisfoh": ("alta", "", "gob.pe/21357"),
    "midis-pension-65": ("media", "2025", "Noticias 1160; Diario del Perú"),
    "midis-juntos": ("media", "", "gob.pe/588"),
    "mtpe-retcc": ("baja", "2016", "Radio Fantástico 2016; Scribd RETCC"),
    "osce-rnp": ("baja", "", "gob.pe/566"),
    "sunedu-constancia-grado": ("baja", "", "SUNEDU (portal)"),
    "sunedu-verificacion-autoridades": ("baja", "", "UCSM"),
    "pj-deudor-alimentario": ("baja", "", "LP Derecho"),
    "municipalidad-licencia-funcionamiento": ("media", "", "gob.pe/20844 (ficha de una municipalidad)"),
    "bn-pago-tasas": ("media", "", "Banco de la Nación"),
    "indecopi-reclamo": ("media", "", "Indecopi y prensa"),
    "osiptel-reclamo": ("alta", "2025-09-08", "Gestión 2025-08-15 y 2025-09-08; guía de OSIPTEL"),
    "produce-constitucion-empresa": ("media", "2023", "Cámara de Comercio de Lima; Gestión 2023"),
}

# Aspects less sure than the rest of their ficha: a single old source; sources that contradict each other.
LESS_SURE = {
    ("reniec-dni-duplicado", Aspecto.PLAZO): Confianza.BAJA,
    ("reniec-dni-duplicado", Aspecto.VIGENCIA): Confianza.SIN_DATO,
    ("reniec-dni-renovacion", Aspecto.VIGENCIA): Confianza.SIN_DATO,
    ("reniec-dnie-primera-vez", Aspecto.VIGENCIA): Confianza.SIN_DATO,
}

# codigo -> every fee: amount, "gratis" or "?" (to be confirmed), then its payment code, then the way.
# A ficha that is not here states no fee at all.
FEES = {
    "reniec-dni-renovacion": {"41.00 00525"},
    "reniec-dnie-primera-vez": {"30.00 02121"},
    "reniec-dni-duplicado": {"33.00 00522 en_linea", "35.00 presencial", "?"},
    "reniec-dni-menor-inscripcion": {"16.00 00647"},
    "reniec-dni-menor-renovacion": {"16.00 00647", "gratis"},
    "reniec-dni-menor-duplicado": {"16.00 presencial"},
    "reniec-dni-domicilio": {"34.00 00730", "16.00 00647", "? 02121"},
    "reniec-dni-rectificacion": {"34.00"},
    "reniec-acta-nacimiento": {"10.30 02141 en_linea", "? presencial"},
    "reniec-acta-matrimonio": {"10.30 02141 en_linea", "? presencial"},
    "reniec-acta-defuncion": {"10.30 02141 en_linea", "? presencial"},
    "migraciones-pasaporte": {"120.90 01810 presencial"},
    "migraciones-carne-extranjeria-renovacion": {"49.00 07561"},
    "migraciones-carne-extranjeria": {"49.90"},
    "mininter-antecedentes-policiales": {"5.40 08116 en_linea", "8.50 08116 presencial"},
    "pj-antecedentes-penales": {"40.40 03670"},
    "inpe-antecedentes-judiciales": {"37.70"},
    "mtpe-certificado-unico-laboral": {"gratis"},
    "mtc-licencia-a1": {"?", "? 1601", "? 1602"},
    "mtc-licencia-revalidacion": {"6.80", "14.80"},
    "mtc-licencia-duplicado": {"6.70", "14.70"},
    "mtc-record-conductor": {"gratis en_linea"},
    "sunat-ruc-inscripcion": {"gratis"},
    "sunat-clave-sol": {"gratis"},
    "sis-gratuito": {"gratis"},
    "sis-para-todos": {"gratis"},
    "sis-independiente": {"39.00"},
    "sis-levantamiento-anulacion": {"gratis"},
    "rree-apostilla": {"31.00", "gratis"},
    "rree-legalizacion": {"31.00"},
    "sunarp-busqueda-indice": {"5.00"},
    "sunarp-certificado-negativo": {"?"},
    "midis-sisfoh": {"gratis"},
    "midis-pension-65": {"gratis"},
    "midis-juntos": {"gratis"},
    "mtpe-retcc": {"?"},
    "osce-rnp": {"160.00 07540"},
    "sunedu-verificacion-autoridades": {"gratis", "?"},
    "pj-deudor-alimentario": {"7.20"},
    "municipalidad-licencia-funcionamiento": {"?"},
    "produce-constitucion-empresa": {"60.00", "?"},
}

TERMS = {
    "reniec-dni-duplicado": {"48 horas"},
    "reniec-acta-nacimiento": {"5 minutos"},
    "reniec-acta-matrimonio": {"5 minutos"},
    "reniec-acta-defuncion": {"5 minutos"},
    "migraciones-pasaporte": {"en el día"},
    "migraciones-carne-extranjeria-renovacion": {"72 horas"},
    "mtc-licencia-duplicado": {"20 minutos"},
    "sunarp-busqueda-indice": {"20-30 minutos"},
    "sunarp-certificado-negativo": {"3 dias_habiles"},
    "midis-sisfoh": {"8 dias_habiles", "25 dias_habiles"},
    "sunedu-verificacion-autoridades": {"1 dias_habiles"},
    "pj-deudor-alimentario": {"3 dias_habiles"},
    "municipalidad-licencia-funcionamiento": {"5 dias_habiles"},
    "indecopi-reclamo": {"15 dias_habiles", "?"},
    "osiptel-reclamo": {"1 anios", "15 dias_habiles", "25 dias_habiles"},
    "produce-constitucion-empresa": {"20-30 dias_calendario"},
}

VALIDITIES = {
    "migraciones-pasaporte": "10 anios",
    "mininter-antecedentes-policiales": "90 dias_calendario",
    "pj-antecedentes-penales": "90 dias_calendario",
    "mtpe-certificado-unico-laboral": "3 meses",
    "mtc-licencia-revalidacion": "10 anios",
    "mtpe-retcc": "2 anios",
}

# What the sources contradict each other about, and the words by which a citizen is told so.
DOUBTS = [
    ("reniec-dni-renovacion", Aspecto.COSTO, "azul"),
    ("reniec-dni-renovacion", Aspecto.VIGENCIA, "8 años y otras dicen 10"),
    ("reniec-dnie-primera-vez", Aspecto.COSTO, "campaña"),
    ("reniec-dnie-primera-vez", Aspecto.VIGENCIA, "8 años y otras dicen 10"),
    ("reniec-dni-duplicado", Aspecto.COSTO, "montos distintos"),
    ("reniec-dni-duplicado", Aspecto.VIGENCIA, "8 años y otras dicen 10"),
    ("reniec-dni-domicilio", Aspecto.COSTO, "quizá ya terminó"),
    ("mininter-antecedentes-policiales", Aspecto.DESCRIPCION, "tres certificados distintos"),
    ("mininter-antecedentes-policiales", Aspecto.COSTO, "por error la tasa de los antecedentes penales"),
    ("pj-antecedentes-penales", Aspecto.DESCRIPCION, "tres certificados distintos"),
    ("pj-antecedentes-penales", Aspecto.COSTO, "código de pago sale de una sola fuente"),
    ("inpe-antecedentes-judiciales", Aspecto.DESCRIPCION, "tres certificados distintos"),
    ("migraciones-pasaporte", Aspecto.DESCRIPCION, "no existe como trámite"),
    ("migraciones-pasaporte", Aspecto.COSTO, "tasa antigua"),
    ("migraciones-pasaporte-menor", Aspecto.DESCRIPCION, "no existe como trámite"),
    ("migraciones-pasaporte-menor", Aspecto.VIGENCIA, "solo para mayores de edad"),
    ("mtc-licencia-a1", Aspecto.COSTO, "cambia mucho"),
    ("osce-rnp", Aspecto.DESCRIPCION, "OECE"),
    ("mtpe-retcc", Aspecto.DESCRIPCION, "Es el mismo registro"),
    ("municipalidad-licencia-funcionamiento", Aspecto.COSTO, "No hay un monto igual"),
    ("municipalidad-licencia-funcionamiento", Aspecto.PLAZO, "una sola municipalidad"),
]

# What people say when any of several may be meant: the reader is then asked which.
SHARED_ALIASES = {
    "DNI": {"reniec-dni-renovacion", "reniec-dnie-primera-vez", "reniec-dni-duplicado"},
    "DNI electrónico": {"reniec-dni-renovacion", "reniec-dnie-primera-vez", "reniec-dni-duplicado"},
    "DNI amarillo": {"reniec-dni-menor-inscripcion", "reniec-dni-menor-renovacion"},
    "partida": {"reniec-acta-nacimiento", "reniec-acta-matrimonio", "reniec-acta-defuncion"},
    "carné de extranjería": {
        "migraciones-carne-extranjeria",
        "migraciones-carne-extranjeria-renovacion",
    },
    "antecedentes": {
        "mininter-antecedentes-policiales",
        "pj-antecedentes-penales",
        "inpe-antecedentes-judiciales",
    },
    "certificado de antecedentes": {
        "mininter-antecedentes-policiales",
        "pj-antecedentes-penales",
        "inpe-antecedentes-judiciales",
    },
    "brevete": {"mtc-licencia-a1", "mtc-licencia-revalidacion", "mtc-licencia-duplicado"},
    "licencia de conducir": {"mtc-licencia-a1", "mtc-licencia-revalidacion", "mtc-licencia-duplicado"},
    "licencia": {"mtc-licencia-a1", "municipalidad-licencia-funcionamiento"},
    "SIS": {"sis-gratuito", "sis-para-todos", "sis-independiente"},
    "seguro integral de salud": {"sis-gratuito", "sis-para-todos", "sis-independiente"},
    "afiliarme al SIS": {"sis-gratuito", "sis-para-todos"},
    "inscribirme en el SIS": {"sis-gratuito", "sis-para-todos"},
    "constancia de SUNEDU": {"sunedu-constancia-grado", "sunedu-verificacion-autoridades"},
}


def load(path: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((CONTENT / path).read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def fichas() -> dict[str, Ficha]:
    return {f.codigo: f for f in read_fichas(CONTENT / "fichas") if f.hechos.nivel is Nivel.COMPLETA}


def fee(row: Costo) -> str:
    figure = "gratis" if row.gratuito else str(row.monto) if row.monto else "?"
    return " ".join(part for part in (figure, row.codigo_pago, row.via) if part)


def terms(ficha: Ficha) -> set[str]:
    said = set()
    for row in ficha.hechos.plazos:
        span = f"{row.valor}-{row.valor_max}" if row.valor_max else str(row.valor)
        said.add("en el día" if row.en_el_dia else "?" if row.por_confirmar else f"{span} {row.unidad}")
    return said


def aspects_with_facts(ficha: Ficha) -> Iterator[Aspecto]:
    facts = ficha.hechos
    lists = {
        Aspecto.REQUISITOS: facts.requisitos,
        Aspecto.COSTO: facts.costos,
        Aspecto.PLAZO: facts.plazos,
        Aspecto.PASOS: facts.pasos,
        Aspecto.CANALES: facts.canales,
        Aspecto.RECURSOS: facts.recursos,
        Aspecto.BASE_LEGAL: facts.base_legal,
        Aspecto.FORMULARIOS: facts.formularios,
        Aspecto.CONTACTO: facts.contactos,
        Aspecto.VIGENCIA: facts.vigencia,
        Aspecto.CITA: facts.cita.requerida is not None,
    }
    yield from (aspecto for aspecto, said in lists.items() if said)


def aspects_with_words(ficha: Ficha) -> Iterator[Aspecto]:
    """A doubt alone does not count: it may stand where nothing else is known."""
    yield from (aspect_of(key) for key in ficha.es if key != "nombre" and not key.startswith("duda."))


def test_the_fifty_two_are_there_under_their_permanent_codes(fichas: dict[str, Ficha]) -> None:
    assert len(SOURCES) == 52
    assert set(fichas) == set(SOURCES)


@pytest.mark.parametrize("codigo", SOURCES)
def test_every_fee_and_payment_code_is_the_one_read(fichas: dict[str, Ficha], codigo: str) -> None:
    assert {fee(row) for row in fichas[codigo].hechos.costos} == FEES.get(codigo, set())


@pytest.mark.parametrize("codigo", SOURCES)
def test_every_term_and_validity_is_the_one_read(fichas: dict[str, Ficha], codigo: str) -> None:
    validity = fichas[codigo].hechos.vigencia
    assert terms(fichas[codigo]) == TERMS.get(codigo, set())
    assert (f"{validity.valor} {validity.unidad}" if validity else None) == VALIDITIES.get(codigo)


@pytest.mark.parametrize("codigo", SOURCES)
def test_every_aspect_is_as_sure_as_its_source(fichas: dict[str, Ficha], codigo: str) -> None:
    confianza, fecha, fuente = SOURCES[codigo]
    ficha = fichas[codigo]
    said = {*aspects_with_facts(ficha), *aspects_with_words(ficha)}
    for aspecto, evidence in ficha.hechos.evidencia.items():
        # Of what the source does not tell, the ficha says so.
        told = confianza if aspecto in said else Confianza.SIN_DATO
        assert evidence.confianza == LESS_SURE.get((codigo, aspecto), Confianza(told)), aspecto
        if evidence.confianza is not Confianza.SIN_DATO:
            assert (evidence.fuente, evidence.fecha) == (fuente, fecha), aspecto
        assert str(evidence.vista) == "2026-11-20", aspecto


@pytest.mark.parametrize("codigo", SOURCES)
def test_nothing_is_said_without_evidence(fichas: dict[str, Ficha], codigo: str) -> None:
    ficha = fichas[codigo]
    for aspecto in {*aspects_with_facts(ficha), *aspects_with_words(ficha)}:
        assert ficha.hechos.evidence_of(aspecto).confianza is not Confianza.SIN_DATO, aspecto
    doubted = {aspect_of(key) for key in ficha.es if key.startswith("duda.")}
    assert doubted <= set(ficha.hechos.evidencia)


@pytest.mark.parametrize("codigo", SOURCES)
def test_no_evidence_stands_where_nothing_is_said(fichas: dict[str, Ficha], codigo: str) -> None:
    ficha = fichas[codigo]
    backed = {a for a, e in ficha.hechos.evidencia.items() if e.confianza is not Confianza.SIN_DATO}
    assert backed == {*aspects_with_facts(ficha), *aspects_with_words(ficha)}


def test_the_ficha_nothing_was_found_of_says_only_its_name(fichas: dict[str, Ficha]) -> None:
    ficha = fichas["sunarp-vigencia-poder"]
    assert set(ficha.es) == {"nombre"}
    assert list(aspects_with_facts(ficha)) == []


@pytest.mark.parametrize("codigo", SOURCES)
def test_no_sentence_holds_a_fee_or_a_payment_code(fichas: dict[str, Ficha], codigo: str) -> None:
    codes = {row.codigo_pago for f in fichas.values() for row in f.hechos.costos if row.codigo_pago}
    figure = re.compile(rf"S/|\bsoles\b|\d[.,]\d\d?\b|\b(?:{'|'.join(sorted(codes))})\b")
    held = {key: text for key, text in fichas[codigo].es.items() if figure.search(text)}
    assert held == {}


@pytest.mark.parametrize("codigo", SOURCES)
def test_a_sentence_that_tells_a_fact_has_a_place_for_it(fichas: dict[str, Ficha], codigo: str) -> None:
    ficha = fichas[codigo]
    for row in ficha.hechos.costos:
        text = ficha.es[f"costos.{row.clave}"]
        assert ("{monto}" in text) == (row.monto is not None), row.clave
        assert ("{codigo_pago}" in text) == bool(row.codigo_pago), row.clave
    for plazo in ficha.hechos.plazos:
        assert ("{plazo}" in ficha.es[f"plazos.{plazo.clave}"]) == (plazo.valor is not None), plazo.clave
    rows_with_places = {key for key, text in ficha.es.items() if "{" in text}
    assert all(key.startswith(("costos.", "plazos.")) for key in rows_with_places)


@pytest.mark.parametrize(("codigo", "aspecto", "words"), DOUBTS)
def test_a_contradiction_is_told_to_the_citizen(
    fichas: dict[str, Ficha], codigo: str, aspecto: Aspecto, words: str
) -> None:
    assert words in fichas[codigo].es[f"duda.{aspecto}"]


def test_a_requirement_of_one_way_only_says_which(fichas: dict[str, Ficha]) -> None:
    openings = {"en_linea": "Por internet, ", "presencial": "En persona, "}
    for ficha in fichas.values():
        for row in ficha.hechos.requisitos:
            if row.via in openings:
                assert ficha.es[f"requisitos.{row.clave}"].startswith(openings[row.via]), ficha.codigo


def test_a_name_is_shared_only_where_any_may_be_meant(fichas: dict[str, Ficha]) -> None:
    named = defaultdict(set)
    for ficha in fichas.values():
        assert 3 <= len(ficha.hechos.alias.es) <= 40, ficha.codigo
        for alias in ficha.hechos.alias.es:
            named[alias.casefold()].add(ficha.codigo)
    shared = {alias: codes for alias, codes in named.items() if len(codes) > 1}
    assert shared == {alias.casefold(): codes for alias, codes in SHARED_ALIASES.items()}


def test_entities_and_subjects_are_those_of_the_directory(fichas: dict[str, Ficha]) -> None:
    entities = {row["id"] for row in load("directorio/entidades.yaml")}
    subjects = {row["id"] for row in load("directorio/temas.yaml")}
    for ficha in fichas.values():
        facts = ficha.hechos
        assert {facts.entidad, *(office.entidad for office in facts.oficinas)} <= entities, ficha.codigo
        assert facts.temas, ficha.codigo
        assert set(facts.temas) <= subjects, ficha.codigo


def test_links_of_evidence_lead_to_the_outlet_named(fichas: dict[str, Ficha]) -> None:
    outlets = {
        "elcomercio.pe": "El Comercio",
        "gestion.pe": "Gestión",
        "larepublica.pe": "La República",
        "www.infobae.com": "Infobae",
        "elmen.pe": "El Men",
        "identidad.reniec.gob.pe": "RENIEC",
        "www.sis.gob.pe": "SIS",
        "www.gob.pe": "gob.pe",
    }
    for ficha in fichas.values():
        for evidence in ficha.hechos.evidencia.values():
            if evidence.fuente_url:
                assert outlets[urlsplit(evidence.fuente_url).netloc] in evidence.fuente, ficha.codigo


def test_sentences_speak_to_the_citizen_as_tu_and_are_whole(fichas: dict[str, Ficha]) -> None:
    for ficha in fichas.values():
        for key, text in ficha.es.items():
            assert not re.search(r"\b(usted|ustedes|vuestr\w+)\b", text, re.IGNORECASE), (ficha.codigo, key)
            assert key == "nombre" or text.endswith("."), (ficha.codigo, key)


def test_sentences_are_short(fichas: dict[str, Ficha]) -> None:
    lengths = {
        (ficha.codigo, key): max(len(sentence.split()) for sentence in re.split(r"(?<=[.:])\s", text))
        for ficha in fichas.values()
        for key, text in ficha.es.items()
    }
    assert {where: words for where, words in lengths.items() if words > 30} == {}
