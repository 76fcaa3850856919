"""The directory the system starts with: entities, sedes, holidays, subjects, Aló MAC, most asked."""

import re
import unicodedata
from collections import Counter
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml

CONTENT = Path(__file__).resolve().parents[3] / "content"


def load(path: str) -> Any:
    return yaml.safe_load((CONTENT / path).read_text(encoding="utf-8"))


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@pytest.fixture(scope="module")
def entidades() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = load("directorio/entidades.yaml")
    return rows


@pytest.fixture(scope="module")
def sedes() -> dict[str, dict[str, Any]]:
    return {sede["id"]: sede for sede in load("directorio/sedes.yaml")}


def test_there_are_fifty_entities_and_the_generic_municipality(entidades: list[dict[str, Any]]) -> None:
    ids = [e["id"] for e in entidades]
    assert len(ids) == len(set(ids)) == 51
    assert Counter(e["tipo"] for e in entidades if e["id"] != "municipalidad") == {"PE": 21, "No PE": 29}
    assert ids[-1] == "municipalidad"


def test_an_entity_is_known_by_its_plain_sigla_else_by_its_name(entidades: list[dict[str, Any]]) -> None:
    for entidad in entidades:
        if entidad["id"] == "municipalidad":
            continue
        plain = re.fullmatch(r"\w+", entidad["sigla"])
        assert entidad["id"] == (entidad["sigla"].lower() if plain else slug(entidad["nombre"]))


@pytest.mark.parametrize(
    "expected", ["reniec", "bn", "pj", "essalud", "sedacaj", "gobierno-regional-del-cusco", "osce"]
)
def test_a_familiar_entity_has_its_permanent_id(entidades: list[dict[str, Any]], expected: str) -> None:
    assert expected in {e["id"] for e in entidades}


def test_no_two_entities_answer_to_the_same_alias(entidades: list[dict[str, Any]]) -> None:
    names = Counter(slug(name) for e in entidades for name in {*map(str.lower, e["alias"])})
    assert [name for name, times in names.items() if times > 1] == []


def test_osce_is_found_by_its_new_name(entidades: list[dict[str, Any]]) -> None:
    osce = next(e for e in entidades if e["id"] == "osce")
    assert "oece" in osce["alias"]
    assert "OECE" in osce["nota"]


def test_fifteen_centres_are_also_mac_express_and_four_are_coming(sedes: dict[str, dict[str, Any]]) -> None:
    kinds = Counter((tuple(s["tipos"]), s["estado"]) for s in sedes.values())
    assert kinds == {
        (("centro", "express"), "operativo"): 15,
        (("centro",), "en_implementacion"): 4,
        (("express",), "operativo"): 89,
    }


def test_there_are_104_mac_express_of_five_kinds(sedes: dict[str, dict[str, Any]]) -> None:
    express = [s for s in sedes.values() if "express" in s["tipos"]]
    assert Counter(s["modalidad"] for s in express) == {
        "centro": 15, "municipalidad": 42, "tambo": 39, "pias": 7, "alo": 1,
    }  # fmt: skip


def test_a_sede_is_known_by_the_slug_of_its_name(sedes: dict[str, dict[str, Any]]) -> None:
    assert len(sedes) == 108
    assert all(key == slug(sede["nombre"]) for key, sede in sedes.items())
    assert {"centro-mac-piura", "tambo-camicachi"} <= set(sedes)


def test_what_the_source_does_not_say_of_a_mac_express_is_blank(sedes: dict[str, dict[str, Any]]) -> None:
    only_express = [s for s in sedes.values() if s["tipos"] == ["express"]]
    assert all(s[field] is None for s in only_express for field in ("region", "distrito", "horario"))


def opening(sede: dict[str, Any], weekday: int, holiday: bool) -> list[tuple[str, str]]:
    rows = [h for h in sede["horario"] if weekday in h["dias"] and h["en_feriados"] is holiday]
    return [(h["abre"], h["cierra"]) for h in rows]


def test_a_centre_keeps_the_published_hours(sedes: dict[str, dict[str, Any]]) -> None:
    for sede in (s for s in sedes.values() if s["modalidad"] == "centro" and s["estado"] == "operativo"):
        assert all(opening(sede, day, holiday=False) == [("08:30", "18:30")] for day in range(1, 6))
        assert opening(sede, 6, holiday=False) == [("09:00", "13:30")]
        assert opening(sede, 7, holiday=False) == []
        assert all(opening(sede, day, holiday=True) == [("09:00", "13:30")] for day in range(1, 7))


def test_a_centre_in_preparation_has_no_hours(sedes: dict[str, dict[str, Any]]) -> None:
    coming = {s["id"]: s["horario"] for s in sedes.values() if s["estado"] == "en_implementacion"}
    assert coming == dict.fromkeys([f"centro-mac-{r}" for r in ("ancash", "puno", "ica", "ayacucho")])


def test_every_row_of_hours_closes_after_it_opens(sedes: dict[str, dict[str, Any]]) -> None:
    rows = [row for s in sedes.values() for row in s["horario"] or []] + load("directorio/alo_mac.yaml")[
        "horario"
    ]
    assert rows
    assert all(time.fromisoformat(r["abre"]) < time.fromisoformat(r["cierra"]) for r in rows)


def test_each_sede_names_its_source_and_when_it_was_confirmed(sedes: dict[str, dict[str, Any]]) -> None:
    assert all(s["fuente"] and re.fullmatch(r"\d{4}-\d{2}", s["confirmado"]) for s in sedes.values())


def easter(year: int) -> date:
    """Easter Sunday by Gauss's rule of 1816; the file was made with the anonymous Gregorian algorithm."""
    a, k = year % 19, year // 100
    p = (13 + 8 * k) // 25
    m, n = (15 - p + k - k // 4) % 30, (4 + k - k // 4) % 7
    d = (19 * a + m) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7
    return date.fromordinal(date(year, 3, 22).toordinal() + d + e)


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_year_has_the_sixteen_holidays_of_the_law(year: int) -> None:
    found = {row["fecha"] for row in load("directorio/feriados.yaml") if row["fecha"].year == year}
    fixed = {
        date(year, month, day)
        for month, day in [
            (1, 1), (5, 1), (6, 7), (6, 29), (7, 23), (7, 28), (7, 29), (8, 6), (8, 30),
            (10, 8), (11, 1), (12, 8), (12, 9), (12, 25),
        ]
    }  # fmt: skip
    holy = {date.fromordinal(easter(year).toordinal() - days) for days in (3, 2)}
    assert found == fixed | holy


def test_a_holiday_has_both_languages_a_norm_and_how_sure_it_is() -> None:
    for row in load("directorio/feriados.yaml"):
        assert all(row[field] for field in ("nombre", "nombre_qu", "norma", "fuente"))
        assert row["confianza"] in {"alta", "media"}
        assert row["confianza"] == "alta" or "Por confirmar" in row["nota"]


def test_subjects_have_labels_in_both_languages() -> None:
    temas = load("directorio/temas.yaml")
    assert len({t["id"] for t in temas}) == len(temas) == 17
    assert all(t["es"] and t["qu"] for t in temas)
    assert all(t["id"] == slug(t["id"]) for t in temas)


def test_alo_mac_answers_every_day_in_both_languages() -> None:
    alo = load("directorio/alo_mac.yaml")
    assert alo["telefono"] == "1800"
    assert alo["idiomas"] == ["es", "qu"]
    for holiday in (False, True):
        hours = {
            d: (h["abre"], h["cierra"])
            for h in alo["horario"]
            if h["en_feriados"] is holiday
            for d in h["dias"]
        }
        assert hours == dict.fromkeys(range(1, 8), ("08:00", "20:00"))


def test_the_most_asked_say_what_their_order_is() -> None:
    asked = load("demanda/mas_pedidos.yaml")
    assert len(asked["codigos"]) == len(set(asked["codigos"])) >= 12
    assert asked["codigos"][0] == "bn-pago-tasas"
    assert asked["fuente"]
    assert "no un conteo" in asked["nota"]
