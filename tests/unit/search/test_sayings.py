"""What people say of their life finds the tramite, among all the complete fichas of the catalogue."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher

from cms.search.index import SCHEMA, document
from cms.search.ranking import names_of, rank, read_question
from cms.tramites.seed import read_fichas

CONTENT = Path(__file__).resolve().parents[3] / "content"


def read(path: str) -> Any:
    return yaml.safe_load((CONTENT / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def searcher() -> Iterator[Searcher]:
    entidades = {row["id"]: {**row, "codigo": row["id"]} for row in read("directorio/entidades.yaml")}
    quechua = read("fichas/qu/alias.yaml")
    index = RamStorage().create_index(SCHEMA)
    writer = index.writer()
    for ficha in read_fichas(CONTENT / "fichas"):
        if ficha.codigo in quechua:
            ficha.hechos.alias.qu.extend(quechua[ficha.codigo])
            tramite = SimpleNamespace(entidad=SimpleNamespace(**entidades[ficha.hechos.entidad]))
            writer.add_document(
                **document(SimpleNamespace(codigo=ficha.codigo, ficha=ficha, tramite=tramite))  # type: ignore[arg-type]
            )
    writer.commit()
    with index.searcher() as found:
        yield found


@pytest.mark.parametrize(
    ("said", "codigo"),
    [
        ("atienden con cita el pasaporte de mi hijita?", "migraciones-pasaporte-menor"),
        ("se venció el DNI de mi hija, el amarillo", "reniec-dni-menor-renovacion"),
        ("quiero hacer mi SAC con dos socios", "produce-constitucion-empresa"),
        ("me sacaron del SIS, ya no tengo EsSalud", "sis-levantamiento-anulacion"),
        ("awichaypaq pensión sesenta y cinco", "midis-pension-65"),
        ("machu payakunapaq qullqi", "midis-pension-65"),
        ("tiendaypaq licenciata hurquyta munani", "municipalidad-licencia-funcionamiento"),
        ("qullqita chaskinaypaq Juntospi qillqachikuyta munani", "midis-juntos"),
    ],
)
def test_what_people_say_of_their_life_finds_the_tramite(searcher: Searcher, said: str, codigo: str) -> None:
    assert rank(searcher, read_question(said, names_of(searcher)))[0].codigo == codigo


def test_a_word_that_only_people_use_counts_less_against_another_name(searcher: Searcher) -> None:
    """ "Socios" is story beside a DNI, although people say it of a company."""
    plain, told, named = (
        rank(searcher, read_question(said, names_of(searcher)))[0]
        for said in ("renovar DNI", "renovar DNI con mis socios", "renovar DNI apostilla")
    )
    assert plain.codigo == told.codigo == "reniec-dni-renovacion"
    assert plain.score > told.score > named.score
