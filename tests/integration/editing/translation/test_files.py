"""PO files through the screens: out, in, a look, and only then a yes."""

from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client

from cms.accounts.models import User
from cms.editing.translation import importing, progress
from cms.editing.translation.models import Importacion
from cms.editing.translation.tasks import apply_imports
from cms.tramites.queries import published

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"
ROOT = "/admin/traduccion/"


@pytest.fixture
def files(client: Client, tomasa: User) -> Client:
    client.force_login(tomasa)
    return client


def upload(
    client: Client, content: str | bytes, name: str = "frases.po", variedad: str = "quy"
) -> HttpResponseBase:
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(f"{ROOT}importar/", {"archivo": file, "variedad": variedad})


def exported(client: Client, query: str) -> polib.POFile:
    answer = client.get(f"{ROOT}exportar/?{query}")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    return polib.pofile(answer.content.decode())


def test_a_ficha_goes_out_and_comes_in_with_what_was_translated(files: Client) -> None:
    file = exported(files, f"codigo={CODIGO}")
    next(e for e in file if e.msgctxt.endswith("/nombre")).msgstr = "Musuq suti"
    sent = upload(files, str(file))
    assert sent.status_code == 302
    report = sent.headers["Location"]
    page = files.get(report).content.decode()
    assert "Musuq suti" in page
    assert "Todavía no se ha escrito nada" in page
    assert published(CODIGO).ficha.quechua("nombre") != "Musuq suti"
    files.post(report, {"accion": "aplicar"})
    assert "guardándose" in files.get(report).content.decode()
    apply_imports()
    assert published(CODIGO).ficha.quechua("nombre") == "Musuq suti"
    assert "Se guardaron 1;" in files.get(report).content.decode()


def test_nobody_waits_while_a_file_is_read(files: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite has one writer: reading twenty megabytes must not hold its lock."""
    file, inside = exported(files, f"codigo={CODIGO}"), []
    whole = importing.read

    def reading(*args: Any, **more: Any) -> importing.Lectura:
        inside.append(len(connection.savepoint_ids))
        return whole(*args, **more)

    monkeypatch.setattr(importing, "read", reading)
    assert upload(files, str(file)).status_code == 302
    assert inside == [0]


def test_what_is_discarded_is_never_written(files: Client) -> None:
    file = exported(files, f"codigo={CODIGO}")
    file[0].msgstr = "Musuq suti"
    report = upload(files, str(file)).headers["Location"]
    files.post(report, {"accion": "descartar"})
    assert apply_imports() == 0
    again = files.post(report, {"accion": "aplicar"}, follow=True)
    assert "ya se aplicó o se descartó" in again.content.decode()
    assert published(CODIGO).ficha.quechua("nombre") != "Musuq suti"


def test_an_entity_and_everything_go_out(files: Client) -> None:
    progress.rebuild()
    assert {e.msgctxt.partition("/")[0] for e in exported(files, "entidad=migraciones")} == {
        "migraciones-pasaporte"
    }
    everything = {e.msgctxt.partition("/")[0] for e in exported(files, "")}
    assert {CODIGO, "migraciones-pasaporte", "osce-rnp"} <= everything


@pytest.mark.parametrize("query", ["codigo=no-existe", "entidad=no-existe", "codigo=../../etc/passwd"])
def test_what_does_not_exist_does_not_go_out(files: Client, query: str) -> None:
    assert files.get(f"{ROOT}exportar/?{query}").status_code == 404


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "no es un PO", 'msgid "a"\nmsgstr "b\n'])
def test_a_broken_file_is_told_at_its_field_and_nothing_is_kept(files: Client, content: str | bytes) -> None:
    answer = upload(files, content)
    assert answer.status_code == 422
    assert not Importacion.objects.exists()


def test_nobody_else_sees_or_applies_somebodys_file(client: Client, files: Client, rita: User) -> None:
    file = exported(files, f"codigo={CODIGO}")
    file[0].msgstr = "Musuq suti"
    report = upload(files, str(file)).headers["Location"]
    client.force_login(rita)
    assert client.get(report).status_code == 302
    assert client.post(report, {"accion": "aplicar"}).status_code == 302
    assert published(CODIGO).ficha.quechua("nombre") != "Musuq suti"


def test_a_report_shows_markup_as_text(files: Client) -> None:
    file = exported(files, f"codigo={CODIGO}")
    file[0].msgstr = "<script>alert(1)</script>"
    page = files.get(upload(files, str(file), name="<b>.po").headers["Location"]).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
