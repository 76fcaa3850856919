"""The Quechua of the most asked fichas: whole, current, in the unified spelling, and with no fact of its own."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from cms.tramites.schema import Ficha
from cms.tramites.seed import read_fichas
from lenguas.identify import identify

ROOT = Path(__file__).resolve().parents[3]
FICHAS = ROOT / "content" / "fichas"
DOCUMENT = ROOT / "docs" / "quechua.md"

TRANSLATED = """
    reniec-dni-renovacion reniec-dni-duplicado reniec-dni-domicilio reniec-dni-menor-inscripcion
    reniec-dnie-primera-vez reniec-acta-nacimiento reniec-acta-matrimonio reniec-acta-defuncion
    migraciones-pasaporte mininter-antecedentes-policiales pj-antecedentes-penales inpe-antecedentes-judiciales
    mtc-licencia-a1 mtc-licencia-duplicado mtc-record-conductor sunat-ruc-inscripcion sunat-clave-sol sis-gratuito
    essalud-registro-hijo midis-pension-65 midis-juntos midis-sisfoh rree-apostilla
    municipalidad-licencia-funcionamiento mtpe-certificado-unico-laboral bn-pago-tasas indecopi-reclamo
""".split()

# Letters and pairs of letters Ayacucho Quechua is written with: three vowels, never two together, no ejectives.
NATIVE = r"(?:ch|ll|[hklmnñpqrstwy]|[aiu](?![aiu]))*"

# Stems that come from Spanish and keep its letters; any Quechua suffixes may follow.
LOANS = """
    acta actividad adolescente afilia agencia agente apoderado apostilla aproba atendi autoriza auto banco base brevete
    biométrico boleto calendario cambia campaña carta celular certifica certificación céntimo cita clasifica
    clave clínica cobra código comisaría computadora condena condición confia conviviente copia correo cuenta
    dato defunción demora denuncia dirección distrito documento duplicado ejemplo electoral emisión empresa
    entidad estado estudio evalua examen experiencia extranjero falta fondo foto funcionamiento historial hogar
    incapacidad infracción inscribi internet investigación licencia local luz malogra maneja matrimonio médico
    módulo multa municipalidad nacimiento oficial oficina original paga pago página particular pasaporte penal pendiente
    pensión permiso plataforma plazo pobre pobreza portal prensa producto programa punto queja recibo reclama
    reclamo región registra regla representante requisito resultado sanción sección sede seguro servicio sirvi
    tamaño tarjeta telefonu tienda título titular trámite usuario valor venci ventanilla viaja viaje vigente web
    certificado socioeconómica electrónico electrónica física físico cobro app
""".split()

# Official names and the terms that go with them, which stay in Spanish.
NAMES = """
    RENIEC DNI DNIe BioFacial MAC Express Centro Migraciones Policía Nacional PNP CERAP Poder Judicial INPE PTP
    MTC SUNAT RUC SOL Virtual Personas SIS Gratuito EsSalud VIVA MIDIS SISFOH ULE Unidad de Empadronamiento Juntos
    Pensión Programa programas sociales primera infancia extrema extremo Formulario Formato Registro persona natural
    apostilla digital Convenio La Haya Ministerio Relaciones Exteriores Pasaje Acuña Perú riesgo bajo medio
    inspección seguridad ITSE vigencia poder Certificado Único Laboral CUL Empleos regional trabajo Certijoven
    Certiadulto Págalo pe Nación Visa Mastercard Amex Yape MultiRed Libro Reclamaciones Indecopi pública público
    antecedentes penales policiales judiciales carné extranjería identidad declaración jurada simple certificada
    domicilio cambio conducir conductor récord licencias gobierno grado autorización renovar el contribuyente salud
    derechohabiente junio clasificación funcionamiento servicios primer
""".split()


@pytest.fixture(scope="module")
def fichas() -> dict[str, Ficha]:
    return {ficha.codigo: ficha for ficha in read_fichas(FICHAS) if ficha.codigo in TRANSLATED}


@pytest.fixture(scope="module")
def pairs(fichas: dict[str, Ficha]) -> list[tuple[str, str, str]]:
    """(where, Spanish, Quechua) of every word of the translated fichas."""
    return [
        (f"{ficha.codigo}: {key}", spanish, ficha.qu[key].texto)
        for ficha in fichas.values()
        for key, spanish in ficha.es.items()
        if key in ficha.qu
    ]


def placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"\{\w+\}", text))


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:[:.,]\d+)*", text))


def words(text: str) -> Iterator[str]:
    yield from re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}", " ", text))


def sentences(text: str) -> Iterator[str]:
    yield from re.split(r"(?<=[.:;?!])\s+", re.sub(r"\{\w+\}", " ", text))


STEMS = {stem.lower() for stem in (*LOANS, *NAMES)}
BARE = "|".join(stem for stem in STEMS if len(stem) < 3)  # de, el, la: too short to carry a suffix
LONGEST_FIRST = "|".join(sorted((s for s in STEMS if len(s) >= 3), key=len, reverse=True))
SPELLED_RIGHT = re.compile(rf"{BARE}|(?:{LONGEST_FIRST})?{NATIVE}")


def is_spelled_right(word: str) -> bool:
    return SPELLED_RIGHT.fullmatch(word.lower()) is not None


def test_each_of_the_most_asked_fichas_has_quechua(fichas: dict[str, Ficha]) -> None:
    assert len(TRANSLATED) == len(set(TRANSLATED)) == 27
    assert sorted(fichas) == sorted(TRANSLATED)
    assert all(ficha.variedad == "quy" and ficha.qu for ficha in fichas.values())


def test_no_other_quechua_file_goes_unchecked() -> None:
    files = {path.stem for path in (FICHAS / "qu").glob("*.yaml")} - {"alias"}
    assert files == set(TRANSLATED)


def test_every_spanish_word_has_its_quechua_and_the_quechua_is_current(fichas: dict[str, Ficha]) -> None:
    assert {c: sorted(set(f.es) ^ set(f.qu)) for c, f in fichas.items() if set(f.es) != set(f.qu)} == {}
    assert [f"{c}: {key}" for c, f in fichas.items() for key in f.es if f.is_stale(key)] == []


def signed(document: str) -> set[str]:
    """The fichas the table of reviews names with a reviewer, a place and a date."""
    table = document.split("## Reviews", 1)[1]
    return {
        row[0]
        for row in re.findall(
            r"^\| *([a-z0-9-]+) *\| *(\S[^|]*)\| *(\S[^|]*)\| *(\d{4}-\d\d-\d\d)", table, re.M
        )
    }


def test_a_ficha_is_reviewed_only_where_a_speaker_signs_it(fichas: dict[str, Ficha]) -> None:
    states = {codigo: {t.estado for t in ficha.qu.values()} for codigo, ficha in fichas.items()}
    assert {c for c, found in states.items() if "revisado" in found} == signed(
        DOCUMENT.read_text(encoding="utf-8")
    )
    assert all(found <= {"traducido", "revisado"} for found in states.values())


def test_a_row_without_reviewer_signs_nothing() -> None:
    rows = "## Reviews\n| sis-gratuito | Juana Quispe | Huanta | 2027-01-15 |\n| midis-juntos | | Huanta | 2027-01-15 |"
    assert signed(rows) == {"sis-gratuito"}


def test_facts_stand_in_the_same_places_as_in_spanish(pairs: list[tuple[str, str, str]]) -> None:
    assert [where for where, es, qu in pairs if placeholders(es) != placeholders(qu)] == []


def test_quechua_says_the_same_figures_as_spanish(pairs: list[tuple[str, str, str]]) -> None:
    assert [where for where, es, qu in pairs if numbers(es) != numbers(qu)] == []


def test_no_sentence_is_left_in_spanish(pairs: list[tuple[str, str, str]]) -> None:
    assert [where for where, es, qu in pairs if " ".join(es.split()).lower() == qu.lower()] == []


def test_every_sentence_reads_as_quechua(pairs: list[tuple[str, str, str]]) -> None:
    taken_for_spanish = [
        f"{where}: {sentence}"
        for where, _es, qu in pairs
        for sentence in sentences(qu)
        if len(list(words(sentence))) >= 4 and identify(sentence).code != "qu"
    ]
    assert taken_for_spanish == []


def test_words_that_are_no_loan_are_written_with_three_vowels(pairs: list[tuple[str, str, str]]) -> None:
    misspelled = {word for _where, _es, qu in pairs for word in words(qu) if not is_spelled_right(word)}
    assert misspelled == set()


@pytest.mark.parametrize("word", ["DNIykita", "electrónicoykim", "willasunkiku", "RENIECpa", "chaypim"])
def test_the_spelling_rule_accepts_unified_spelling(word: str) -> None:
    assert is_spelled_right(word)


@pytest.mark.parametrize(
    "word", ["qelqa", "noqa", "orqoy", "huasi", "p'unchaw", "DNIykeqa", "jatun", "cutiy"]
)
def test_the_spelling_rule_refuses_other_spellings(word: str) -> None:
    assert not is_spelled_right(word)


# Cusco's spoken forms, and -mi where a vowel before it asks for -m (warmi and simi are roots).
REGIONAL = re.compile(r"nchis|sha|sya|[aiu]qti|.*[aiueo]mi$(?<!warmi)(?<!simi)|['’]", re.IGNORECASE)


def test_suffixes_have_their_unified_form(pairs: list[tuple[str, str, str]]) -> None:
    found = {
        word for _where, _es, qu in pairs for word in qu.split() if REGIONAL.search(word.strip(".,:;()«»"))
    }
    assert found == set()


@pytest.mark.parametrize("word", ["wasinchis", "hamushan", "kaqtin", "p'unchaw", "aktami"])
def test_regional_forms_are_seen(word: str) -> None:
    assert REGIONAL.search(word)


def test_the_same_spanish_gets_the_same_quechua(pairs: list[tuple[str, str, str]]) -> None:
    told: dict[str, set[str]] = {}
    for _where, spanish, quechua in pairs:
        told.setdefault(" ".join(spanish.split()), set()).add(quechua)
    assert {spanish: ways for spanish, ways in told.items() if len(ways) > 1} == {}


def test_each_ficha_has_three_quechua_names_that_no_other_has() -> None:
    alias = yaml.safe_load((FICHAS / "qu" / "alias.yaml").read_text(encoding="utf-8"))
    # More than those: a ficha is asked for in Quechua before its words are translated.
    assert set(TRANSLATED) <= set(alias)
    assert [codigo for codigo in alias if not (FICHAS / "es" / f"{codigo}.yaml").exists()] == []
    assert [codigo for codigo, names in alias.items() if len(set(names)) < 3] == []
    times = Counter(name.lower() for names in alias.values() for name in names)
    assert [name for name, count in times.items() if count > 1] == []
