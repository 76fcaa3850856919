"""Everything that is public can be taken away, and opened in a spreadsheet without anything being run there."""

import asyncio
import csv
import gzip
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import AsyncClient, Client

from cms.api import datasets
from cms.directory.models import Entidad, Sede
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto

pytestmark = pytest.mark.django_db
EXPORT = "/api/v1/export"
CODIGO = "reniec-dni-duplicado"


def content(client: Client, path: str, **headers: str) -> bytes:
    response = client.get(EXPORT + path, headers=headers)
    assert response.status_code == 200
    whole: bytes = response.getvalue()
    return whole


def lines(client: Client, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content(client, f"/{name}.jsonl").decode().splitlines()]


def table(client: Client, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(client, f"/{name}.csv").decode(), newline="")))


def test_every_public_ficha_is_in_it_with_what_backs_it(client: Client) -> None:
    rows = {row["codigo"]: row for row in lines(client, "tramites")}
    listed = client.get("/api/v1/tramites?limit=200").json()
    assert set(rows) == {row["codigo"] for row in listed["results"]}
    row = rows[CODIGO]
    whole = client.get(f"/api/v1/tramites/{CODIGO}").json()
    assert row["revision"] == whole["revision"]
    assert [cost["monto"] for cost in row["hechos"]["costos"]] == [
        cost["monto"] for cost in whole["hechos"]["costos"]
    ]
    assert {row["evidencia"][name]["confianza"] for name in row["evidencia"]} <= {
        "alta",
        "media",
        "baja",
        "sin_dato",
    }
    assert set(row["evidencia"]) == {str(aspecto) for aspecto in Aspecto}
    assert row["es"]["nombre"] == row["nombre"]


def test_the_table_says_the_same_as_the_lines(client: Client) -> None:
    told = {row["codigo"]: row for row in lines(client, "tramites")}
    rows = table(client, "tramites")
    assert [row["codigo"] for row in rows] == sorted(told)
    for row in rows:
        assert row["nombre"] == told[row["codigo"]]["nombre"]
        for aspecto in Aspecto:
            assert row[f"{aspecto}_confianza"] == told[row["codigo"]]["evidencia"][aspecto]["confianza"]
    duplicate = next(row for row in rows if row["codigo"] == CODIGO)
    assert "S/ 33.00" in duplicate["costo"]
    assert "monto=33.00" in duplicate["hechos_costos"]
    assert "{" not in duplicate["costo"]


def test_fees_of_another_day_are_told_with_their_dates(client: Client) -> None:
    ficha = published(CODIGO).ficha
    row = next(row for row in ficha.hechos.costos if row.monto)
    rows = [
        row.model_copy(update={"clave": "antes", "monto": Decimal("21.10"), "hasta": date(2026, 12, 31)}),
        row.model_copy(update={"clave": "ahora", "monto": Decimal("41.70"), "desde": date(2027, 1, 1)}),
    ]
    words = {key: text for key, text in ficha.es.items() if not key.startswith("costos.")}
    facts = ficha.hechos.model_copy(update={"costos": rows})
    publish_ficha(ficha.model_copy(update={"hechos": facts, "es": words, "qu": {}}), by=None)
    cells = next(row for row in table(client, "tramites") if row["codigo"] == CODIGO)
    assert "S/ 21.10 (hasta 2026-12-31)" in cells["costo"]
    assert "S/ 41.70 (desde 2027-01-01)" in cells["costo"]


def test_quechua_that_is_outdated_is_not_given_away(client: Client) -> None:
    ficha = published(CODIGO).ficha
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, "nombre": "Otro nombre"}}), by=None)
    row = next(row for row in lines(client, "tramites") if row["codigo"] == CODIGO)
    assert (row["nombre"], row["nombre_qu"]) == ("Otro nombre", None)
    assert "nombre" not in row["qu"]
    assert row["qu"]


def test_a_withdrawn_ficha_is_not_in_it(client: Client) -> None:
    withdraw(CODIGO, by=None, why="Ya no existe.")
    assert CODIGO not in content(client, "/tramites.jsonl").decode()
    assert CODIGO not in content(client, "/tramites.csv").decode()


@pytest.mark.parametrize("name", ["=2+5", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "  =1+1"])
def test_no_cell_is_run_where_it_is_opened(client: Client, name: str) -> None:
    Entidad.objects.create(codigo="mala", nombre=name)
    row = next(row for row in table(client, "entidades") if row["id"] == "mala")
    assert row["nombre"].lstrip().startswith("'")
    assert next(row for row in lines(client, "entidades") if row["id"] == "mala")["nombre"] == name


def test_a_name_with_commas_quotes_and_lines_is_one_cell(client: Client) -> None:
    name = 'Oficina "Sur", segundo piso\nventanilla 3'
    Entidad.objects.create(codigo="rara", nombre=name)
    assert next(row for row in table(client, "entidades") if row["id"] == "rara")["nombre"] == name


def test_places_and_entities_are_in_it_and_inner_notes_are_not(client: Client) -> None:
    Sede.objects.filter(codigo="centro-mac-piura").update(nota="llamar a la señora Rosa, 999888777")
    Entidad.objects.filter(codigo="reniec").update(nota="contacto interno")
    for name, count in (("sedes", Sede.objects.count()), ("entidades", Entidad.objects.count())):
        assert len(lines(client, name)) == len(table(client, name)) == count
        for form in ("jsonl", "csv"):
            text = content(client, f"/{name}.{form}").decode()
            assert "999888777" not in text
            assert "contacto interno" not in text


def test_excel_is_told_that_it_is_utf8_where_asked_to(client: Client) -> None:
    marked, plain = content(client, "/entidades.csv?bom=true"), content(client, "/entidades.csv")
    assert marked == b"\xef\xbb\xbf" + plain


def test_it_is_compressed_for_who_can_read_that(client: Client) -> None:
    response = client.get(f"{EXPORT}/tramites.jsonl", headers={"Accept-Encoding": "gzip, br"})
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    packed = response.getvalue()
    plain = content(client, "/tramites.jsonl")
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain) / 2


@pytest.mark.parametrize("name", ["tramites.jsonl", "tramites.csv", "entidades.csv", "sedes.jsonl"])
def test_who_has_it_already_is_told_so_and_who_has_not_is_not(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    first = client.get(f"{EXPORT}/{name}")
    assert first["ETag"].startswith('W/"')
    assert (first["Cache-Control"], first["Access-Control-Allow-Origin"]) == ("public, no-cache", "*")
    assert f'filename="{name}"' in first["Content-Disposition"]
    again = client.get(f"{EXPORT}/{name}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    ficha = published(CODIGO).ficha
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, "nombre": "Otro nombre"}}), by=None)
    Entidad.objects.filter(codigo="reniec").update(nombre="Otro nombre")
    Sede.objects.filter(codigo="centro-mac-piura").update(nombre="Otro nombre")
    fresh = client.get(f"{EXPORT}/{name}", headers={"If-None-Match": first["ETag"]})
    assert fresh.status_code == 200
    assert "Otro nombre" in fresh.getvalue().decode()


def test_asking_about_it_sends_none_of_it(client: Client) -> None:
    head, whole = client.head(f"{EXPORT}/tramites.csv"), client.get(f"{EXPORT}/tramites.csv")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
    assert head["Content-Type"] == whole["Content-Type"] == "text/csv; charset=utf-8"


def test_its_index_tells_every_column_there_is(client: Client) -> None:
    index = client.get(EXPORT).json()
    assert index["count"] == 3
    for row in index["results"]:
        assert row["licencia"] is None
        for file in row["archivos"]:
            assert client.head(file).status_code == 200
        header = content(client, f"/{row['nombre']}.csv").decode().splitlines()[0]
        assert header.split(",") == [column["nombre"] for column in row["columnas"]]
        assert all(column["descripcion"] for column in row["columnas"])


def test_a_table_there_is_not_is_a_problem(client: Client) -> None:
    for path in ("/ciudadanos.csv", "/tramites.xlsx", "/tramites"):
        response = client.get(EXPORT + path)
        assert response.status_code in (404, 422)
        assert response["Content-Type"] == "application/problem+json"


def test_few_rows_are_held_however_many_there_are(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "CHUNK", 3)
    codes = [row["codigo"] for row in lines(client, "tramites")]
    assert codes == sorted(codes)
    assert len(codes) == len(set(codes)) == client.get("/api/v1/tramites").json()["count"]


@pytest.mark.filterwarnings("error")
def test_under_asgi_it_comes_in_parts() -> None:
    async def parts() -> list[bytes]:
        response = await AsyncClient().get(f"{EXPORT}/entidades.jsonl")
        assert response.is_async
        told = [part async for part in response.streaming_content]
        await sync_to_async(lambda: connection.close())()  # that of the thread it was read in
        return told

    told = asyncio.run(parts())
    assert len(b"".join(told).splitlines()) == Entidad.objects.count()


def test_a_draft_is_not_in_it(client: Client) -> None:
    from cms.tramites.models import FichaPage

    page = FichaPage.objects.get(codigo=CODIGO)
    page.title = "Nombre de un borrador"
    page.save_revision()
    assert "Nombre de un borrador" not in content(client, "/tramites.jsonl").decode()


def test_it_can_be_written_into_a_folder(client: Client, tmp_path: Path) -> None:
    call_command("export_open_data", str(tmp_path), stdout=io.StringIO())
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {
        f"{name}.{form}": content(client, f"/{name}.{form}")
        for name in ("tramites", "entidades", "sedes")
        for form in ("jsonl", "csv")
    }
    call_command("export_open_data", str(tmp_path / "gz"), "--gzip", "--bom", stdout=io.StringIO())
    packed = (tmp_path / "gz" / "sedes.csv.gz").read_bytes()
    assert gzip.decompress(packed) == b"\xef\xbb\xbf" + written["sedes.csv"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_open_data", str(tmp_path / "file" / "below"))


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("identity", False),
        ("", False),
    ],
)
def test_it_is_not_compressed_for_who_refuses_that(client: Client, accepted: str, packed: bool) -> None:
    response = client.get("/api/v1/export/entidades.csv", headers={"Accept-Encoding": accepted})
    assert (response.get("Content-Encoding") == "gzip") is packed
