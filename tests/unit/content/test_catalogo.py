"""The catalogue the system starts with: every service of the 2023 list is one ficha, and only one."""

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cms.tramites.schema import Aspecto, Confianza, Ficha, Nivel
from cms.tramites.seed import read_fichas

CONTENT = Path(__file__).resolve().parents[3] / "content"
BASICAS = CONTENT / "fichas" / "es" / "basicas"


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def normalised(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


@cache
def catalogue() -> dict[str, Ficha]:
    return {ficha.codigo: ficha for ficha in read_fichas(CONTENT / "fichas")}


@cache
def basic() -> dict[str, Ficha]:
    return {code: ficha for code, ficha in catalogue().items() if ficha.hechos.nivel is Nivel.BASICA}


@cache
def services() -> dict[int, dict[str, Any]]:
    return {row["fila"]: row for row in load(CONTENT / "fichas" / "servicios_2023.yaml")}


@cache
def correspondences() -> dict[str, list[int]]:
    rows: dict[str, list[int]] = load(BASICAS / "correspondencias.yml")
    return rows


@cache
def families() -> set[str]:
    return {raw["hechos"]["codigo"] for raw in load(BASICAS / "familias.yaml")}


def test_the_list_of_2023_has_572_services_of_50_entities() -> None:
    assert list(services()) == list(range(1, 573))
    assert len({row["entidad"] for row in services().values()}) == 50


def test_each_service_stands_in_exactly_one_ficha_or_correspondence() -> None:
    rows = Counter(row for ficha in basic().values() for row in ficha.hechos.servicios_2023)
    rows.update(row for mapped in correspondences().values() for row in mapped)
    assert {row: times for row, times in rows.items() if times > 1} == {}
    assert set(rows) == set(services())


def test_the_counts_of_the_catalogue() -> None:
    assert len(basic()) == 353
    assert len(families()) == 32
    assert len(correspondences()) == 44
    assert sum(len(rows) for rows in correspondences().values()) == 97


def test_every_basic_ficha_stands_for_a_service() -> None:
    assert [code for code, ficha in basic().items() if not ficha.hechos.servicios_2023] == []


def test_no_two_fichas_of_an_entity_have_the_same_name() -> None:
    names = Counter((f.hechos.entidad, normalised(f.es["nombre"])) for f in catalogue().values())
    assert [key for key, times in names.items() if times > 1] == []


def test_a_name_offered_alone_tells_one_basic_ficha_from_the_others() -> None:
    names = Counter(normalised(ficha.es["nombre"]) for ficha in basic().values())
    assert [name for name, times in names.items() if times > 1] == []


def test_entities_and_subjects_exist() -> None:
    entidades = {row["id"] for row in load(CONTENT / "directorio" / "entidades.yaml")}
    temas = {row["id"] for row in load(CONTENT / "directorio" / "temas.yaml")}
    for ficha in basic().values():
        used = {ficha.hechos.entidad} | {office.entidad for office in ficha.hechos.oficinas}
        assert used <= entidades, ficha.codigo
        assert set(ficha.hechos.temas) <= temas, ficha.codigo
        assert ficha.hechos.temas, ficha.codigo
    assert {row["entidad"] for row in services().values()} <= entidades


def test_a_code_begins_with_the_id_of_its_entity() -> None:
    for code, ficha in basic().items():
        entidad = ficha.hechos.entidad
        prefix = entidad
        assert code.startswith(f"{prefix}-"), code


def test_the_code_promised_to_others_is_there() -> None:
    ficha = basic()["essalud-afiliacion-al-seguro-potestativo"]
    assert ficha.es["nombre"] == "Afiliación al seguro potestativo"


def test_whoever_lists_a_service_is_among_the_offices() -> None:
    for code, ficha in basic().items():
        offices = {office.entidad for office in ficha.hechos.oficinas}
        listed = {services()[row]["entidad"] for row in ficha.hechos.servicios_2023}
        assert listed <= offices, code


def test_a_service_of_one_entity_belongs_to_it_and_a_family_to_several_rows() -> None:
    for code, ficha in basic().items():
        if code in families():
            assert len(ficha.hechos.servicios_2023) > 1, code
        else:
            assert {o.entidad for o in ficha.hechos.oficinas} == {ficha.hechos.entidad}, code


def test_a_basic_ficha_says_only_what_the_name_says() -> None:
    for code, ficha in basic().items():
        assert set(ficha.es) == {"nombre", "descripcion"}, code
        assert set(ficha.hechos.evidencia) == {Aspecto.DESCRIPCION}, code
        assert ficha.hechos.evidencia[Aspecto.DESCRIPCION].confianza is Confianza.MEDIA
        assert ficha.hechos.requisitos + ficha.hechos.costos + ficha.hechos.plazos == [], code


def test_a_description_is_one_sentence_and_a_name_is_none() -> None:
    for code, ficha in basic().items():
        assert re.fullmatch(r"[A-ZÁÉÍÓÚÑ][^.!?]*\.", ficha.es["descripcion"]), code
        assert ficha.es["nombre"][0].isupper(), code
        assert not ficha.es["nombre"].endswith("."), code


def test_no_alias_repeats_the_name_or_itself() -> None:
    for code, ficha in basic().items():
        said = [normalised(alias) for alias in ficha.hechos.alias.es]
        assert len(said) == len(set(said)), code
        assert normalised(ficha.es["nombre"]) not in said, code


def test_the_driving_licences_of_eleven_entities_are_a_few_tramites() -> None:
    driving = [
        row for row in services().values() if re.search(r"licencias? de conducir", row["servicio"].lower())
    ]
    assert len({row["entidad"] for row in driving}) == 11
    owner = {row: code for code, rows in correspondences().items() for row in rows}
    owner |= {row: code for code, ficha in basic().items() for row in ficha.hechos.servicios_2023}
    national = {owner[row["fila"]] for row in driving if owner[row["fila"]].startswith("mtc-")}
    assert national == {
        "mtc-licencia-a1",
        "mtc-licencia-revalidacion",
        "mtc-licencia-duplicado",
        "mtc-revalidacion-de-licencia-de-conducir-categorias-ii-y-iii",
        "mtc-recategorizacion-de-licencia-de-conducir",
        "mtc-examen-de-conocimientos-para-licencia-de-conducir",
        "mtc-examen-de-habilidades-en-la-conduccion",
    }


@pytest.mark.parametrize(
    ("code", "entidad"),
    [
        ("mtc-recategorizacion-de-licencia-de-conducir", "gobierno-regional-del-cusco"),
        ("municipalidad-pago-del-impuesto-predial", "servicio-de-administracion-tributaria-de-huancayo"),
        ("municipalidad-pago-de-arbitrios-municipales", "servicio-de-administracion-tributaria-de-cajamarca"),
        ("mtpe-bolsa-de-trabajo", "gobierno-regional-de-la-libertad"),
    ],
)
def test_a_family_lists_the_office_of(code: str, entidad: str) -> None:
    assert code in families()
    assert entidad in {office.entidad for office in basic()[code].hechos.oficinas}


def test_correspondences_and_most_asked_are_complete_fichas() -> None:
    complete = set(catalogue()) - set(basic())
    asked = set(load(CONTENT / "demanda" / "mas_pedidos.yaml")["codigos"])
    assert (set(correspondences()) | asked) - complete == set()
