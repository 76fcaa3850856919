"""Listening to a ficha: the very words of the page, in ranges, by addresses that may be kept."""

from decimal import Decimal

import pytest
from django.test import Client

from cms.narration.told import PARTS, script_for, text_of, told
from cms.tramites.answers import answer
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import ficha_of, published
from cms.tramites.schema import Aspecto
from voice import speaking
from voice.mpeg import frames
from voice.speakable import prepare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded", "own_folder")]
DNI = "reniec-dni-duplicado"


def times(client: Client, part: str = "costo", locale: str = "es", codigo: str = DNI) -> dict[str, object]:
    response = client.get(f"/{locale}/escuchar/{codigo}/{part}.json")
    assert response.status_code == 200
    assert "no-cache" in response["Cache-Control"]
    found: dict[str, object] = response.json()
    return found


def test_an_aspect_is_heard_in_the_words_of_its_answer(client: Client) -> None:
    for locale in ("es", "qu"):
        texto = answer(published(DNI), Aspecto.COSTO, locale).texto
        heard = times(client, "costo", locale)["sentences"]
        assert isinstance(heard, list)
        written = [texto[s.start : s.end] for s in prepare(texto, "es")]
        assert [text for _at, text in heard] == written
        assert any("S/ 33.00" in text for text in written)


def test_the_recording_is_mp3_of_one_voice_kept_for_ever(client: Client) -> None:
    found = times(client)
    response = client.get(str(found["url"]))
    assert (response.status_code, response["Content-Type"]) == (200, "audio/mpeg")
    assert "immutable" in response["Cache-Control"]
    every = list(frames(response.content))
    assert {(f.channels, f.kbit) for f in every} == {(1, 32)}
    assert sum(f.samples / f.rate for f in every) == pytest.approx(found["seconds"], abs=0.2)
    assert len(response.content) == found["bytes"]
    assert client.get(str(found["url"]), headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-99", 206, slice(0, 100)),
        ("bytes=500-", 206, slice(500, None)),
        ("bytes=-10", 206, slice(-10, None)),
        ("bytes=10-999999999", 206, slice(10, None)),
        ("bytes=99999999-", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
        ("bytes=9-3", 416, slice(0, 0)),
        ("bytes=0-1,5-6", 200, slice(None)),
        ("pages=1-2", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
    ],
)
def test_any_range_of_it(client: Client, asked: str, status: int, part: slice) -> None:
    address = str(times(client)["url"])
    whole = client.get(address).content
    response = client.get(address, headers={"Range": asked})
    assert (response.status_code, response.content) == (status, whole[part] if status != 416 else b"")
    if status == 206:
        start = len(whole[: part.start]) if part.start and part.start > 0 else 0
        start = len(whole) - 10 if part.start == -10 else start
        assert response["Content-Range"] == f"bytes {start}-{start + len(response.content) - 1}/{len(whole)}"
    old = {"Range": asked, "If-Range": '"another"'}
    assert client.get(address, headers=old).status_code == 200


def test_without_script_a_link_leads_to_the_recording(client: Client) -> None:
    for part in ("todo", "requisitos"):
        response = client.get(f"/qu/escuchar/{DNI}/{part}.mp3", follow=True)
        assert response["Content-Type"] == "audio/mpeg"
        assert response.redirect_chain[0][0].endswith(".mp3")


def test_the_whole_ficha_tells_every_aspect_and_its_doubt_once(client: Client) -> None:
    current = published(DNI)
    said = "\n".join(text for text, _language in told(current, "todo", "es"))
    assert said.count("por confirmar con la entidad.") == 1
    assert said.count("Fuente:") == 1
    for aspecto in Aspecto:
        first = answer(current, aspecto, "es").bloques[0].texto
        assert first in said
    assert said.endswith("llama al 1800.")


def test_spanish_words_on_a_quechua_page_are_said_so_first_and_read_by_the_spanish_voice() -> None:
    ficha = published(DNI).ficha
    # The Quechua of a sentence is known by the very sentence it translates.
    words = {key: f"{text} Así es." if key != "nombre" else text for key, text in ficha.es.items()}
    publish_ficha(ficha.model_copy(update={"es": words}), by=None, note="otras palabras")
    lines = told(published(DNI), "requisitos", "qu")
    assert "castellano" in lines[0][0]
    assert [language for _text, language in lines[:2]] == ["qu", "es"]
    voices = [{segment.language for segment in s.segments} for s in script_for(lines).sentences]
    assert voices[0] >= {"qu"}
    assert voices[2] == {"es"}


def test_a_new_fee_has_a_new_recording_and_the_old_version_its_own(client: Client) -> None:
    before = times(client)
    ficha = ficha_of(published(DNI).version)
    costs = [
        row.model_copy(update={"monto": Decimal(44)}) if row.monto == 33 else row
        for row in ficha.hechos.costos
    ]
    publish_ficha(
        ficha.model_copy(update={"hechos": ficha.hechos.model_copy(update={"costos": costs})}),
        by=None,
        note="sube",
    )
    after = times(client)
    assert "S/ 44.00" in str(after["sentences"])
    assert "33.00" not in str(after["sentences"])
    assert client.get(str(before["url"])).status_code == 200
    old = client.get(f"/es/escuchar/{DNI}/costo.json?revision={before['revision']}").json()
    assert old["sentences"] == before["sentences"]
    # A name that is not this text's leads to the one that is.
    wrong = str(after["url"]).replace(str(after["url"]).rsplit("/", 1)[1], "0" * 64 + ".mp3")
    assert client.get(wrong)["Location"] == after["url"]


def test_what_is_withdrawn_is_heard_no_more(client: Client) -> None:
    address = str(times(client)["url"])
    withdraw(DNI, by=None, why="prueba")
    for gone in (address, f"/es/escuchar/{DNI}/costo.mp3", f"/es/escuchar/{DNI}/todo.json"):
        response = client.get(gone)
        assert (response.status_code, response["Cache-Control"]) == (410, "no-store")


@pytest.mark.parametrize(
    "path",
    [
        "escuchar/no-hay/costo.mp3",
        f"escuchar/{DNI}/chisme.mp3",
        f"escuchar/{DNI}/costo.json?revision=99",
        "escuchar/x/99999999999/costo/0.mp3",
        "voz/nada.mp3",
    ],
)
def test_there_is_no_recording_of_what_is_not_public(client: Client, path: str) -> None:
    assert client.get(f"/es/{path}").status_code == 404


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_the_fixed_sentences_are_heard(client: Client, locale: str) -> None:
    sizes = set()
    for key in ("llamar", "quechua", "lugar", "ayuda", "contacto"):
        response = client.get(f"/{locale}/voz/{key}.mp3")
        assert response["Content-Type"] == "audio/mpeg"
        sizes.add(len(response.content))
    assert len(sizes) == 5


def test_where_no_language_is_chosen_both_are_heard(client: Client) -> None:
    for key in ("elegir", "llamar", "quechua", "lugar"):
        sizes = [len(client.get(f"{start}/voz/{key}.mp3").content) for start in ("/es", "/qu", "")]
        assert sizes[2] > max(sizes[:2]) * 1.2
    assert client.get("/voz/nada.mp3").status_code == 404


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_centre_is_heard_with_its_hours_and_express_without_what_nobody_knows(
    client: Client, locale: str
) -> None:
    for codigo in ("centro-mac-piura", "tambo-camicachi"):
        page = client.get(f"/{locale}/sedes/{codigo}/").content.decode()
        assert f"/{locale}/escuchar-sede/{codigo}.mp3" in page
        said = client.get(f"/{locale}/escuchar-sede/{codigo}.json").json()["sentences"]
        words = " ".join(text for _at, text in said)
        assert "1800" in words
        sound = client.get(f"/{locale}/escuchar-sede/{codigo}.mp3")
        assert (sound["Content-Type"], "no-cache" in sound["Cache-Control"]) == ("audio/mpeg", True)
    assert client.get(f"/{locale}/escuchar-sede/no-hay.mp3").status_code == 404


def test_every_part_of_every_ficha_can_be_prepared(seeded: None) -> None:
    from cms.tramites.models import Tramite

    for codigo in Tramite.objects.public().values_list("codigo", flat=True):
        for locale in ("es", "qu"):
            assert all(script_for(told(published(codigo), part, locale)).sentences for part in PARTS)


def test_what_is_too_long_to_be_heard_at_once_is_not_found_and_its_parts_are(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "MAX_CHARACTERS", len(text_of(told(published(DNI), "costo", "es"))))
    script_for.cache_clear()
    for form in ("mp3", "json"):
        assert client.get(f"/es/escuchar/{DNI}/todo.{form}").status_code == 404
    assert client.get(f"/es/escuchar/{DNI}/costo.json").status_code == 200
