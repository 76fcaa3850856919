"""A person's voice: made by one, accepted by another, heard only while the text is the one that was read."""

import io
import wave
from array import array
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.audit.models import Entry
from cms.editing.health.waiting import waiting
from cms.narration import operations
from cms.narration.models import Recording
from cms.narration.operations import NotAllowed, mark_stale
from cms.narration.uploads import NotHeard, mp3_of
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from voice.engines.interface import Pcm
from voice.mp3 import encode
from voice.mpeg import frames

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded", "own_folder")]
DNI = "reniec-dni-duplicado"
SCREEN = f"/admin/voces/ficha/{DNI}/"


def wav(seconds: float = 2.0, channels: int = 1, rate: int = 22050) -> bytes:
    tone = array("h", [8000 if n % 100 < 50 else -8000 for n in range(int(seconds * rate) * channels)])
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(tone.tobytes())
    return file.getvalue()


def person(name: str, *roles: Role, quechua: bool = False) -> Client:
    user = User.objects.create_user(name, password="una clave de prueba", speaks_quechua=quechua)
    user.groups.set([Group.objects.get_or_create(name=str(role))[0] for role in roles])
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def tomasa() -> Client:
    return person("tomasa", Role.TRANSLATOR, quechua=True)


@pytest.fixture
def rosa() -> Client:
    return person("rosa", Role.REVIEWER, quechua=True)


def upload(client: Client, data: bytes, part: str = "costo", locale: str = "qu") -> Any:
    file = SimpleUploadedFile("voz.wav", data)
    return client.post(SCREEN, {"parte": part, "idioma": locale, "archivo": file}, follow=True)


def decide(client: Client, what: str) -> Any:
    """Of the one uploaded last."""
    last = Recording.objects.latest("pk")
    return client.post(f"/admin/voces/{last.pk}/decidir/", {"que": what}, follow=True)


def voice(client: Client) -> str:
    found: str = client.get(f"/qu/escuchar/{DNI}/costo.json").json()["voice"]
    return found


def test_it_is_heard_once_somebody_else_accepted_it(tomasa: Client, rosa: Client, client: Client) -> None:
    assert "S/ 33.00" in tomasa.get(f"{SCREEN}?parte=costo&idioma=qu").content.decode()
    assert "Se escuchará cuando otra persona la acepte" in upload(tomasa, wav()).content.decode()
    assert voice(client) == "espeak-ng"
    assert "esta grabación es tuya" in decide(tomasa, "aceptar").content.decode()
    assert voice(client) == "espeak-ng"
    assert "ya se escucha" in decide(rosa, "aceptar").content.decode()
    told = client.get(f"/qu/escuchar/{DNI}/costo.json").json()
    assert (told["voice"], told["sentences"]) == ("person", [])
    sound = client.get(told["url"])
    assert {(f.channels, f.kbit) for f in frames(sound.content)} == {(1, 32)}
    assert client.get(f"/es/escuchar/{DNI}/costo.json").json()["voice"] == "espeak-ng"
    said = list(
        Entry.objects.filter(subject=DNI, what__startswith="narration.").values_list("what", "by_name")
    )
    assert sorted(said) == [("narration.accepted", "rosa"), ("narration.uploaded", "tomasa")]


def test_the_accepted_one_is_heard_until_another_is_accepted(
    tomasa: Client, rosa: Client, client: Client
) -> None:
    def heard() -> str:
        return str(client.get(f"/qu/escuchar/{DNI}/costo.json").json()["url"])

    upload(tomasa, wav(2.0))
    decide(rosa, "aceptar")
    first = heard()
    upload(tomasa, wav(3.0))
    assert (voice(client), heard()) == ("person", first)
    shown = rosa.get(f"{SCREEN}?parte=costo&idioma=qu").content.decode()
    assert shown.index("La grabación nueva") < shown.index("La grabación de antes")
    decide(rosa, "quitar")
    assert (voice(client), heard()) == ("person", first)
    upload(tomasa, wav(3.0))
    upload(tomasa, wav(4.0))
    assert Recording.objects.count() == 2, "of those that wait the last one stays"
    decide(rosa, "aceptar")
    assert heard() != first
    assert Recording.objects.get().seconds == pytest.approx(4.0, abs=0.15)


def test_accepting_what_was_uploaded_anew_meanwhile_silences_nobody(
    tomasa: Client, rosa: Client, client: Client
) -> None:
    upload(tomasa, wav(2.0))
    decide(rosa, "aceptar")
    upload(tomasa, wav(3.0))
    gone = Recording.objects.latest("pk")
    upload(tomasa, wav(4.0))
    with pytest.raises(NotAllowed, match="ya no está"):
        operations.accept(recording=gone, by=User.objects.get(username="rosa"))
    assert voice(client) == "person"


def test_nobody_waits_for_the_write_lock_while_a_voice_is_encoded(
    tomasa: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths: list[int] = []

    def looking(data: bytes) -> tuple[bytes, float]:
        depths.append(len(connection.savepoint_ids))
        return mp3_of(data)

    monkeypatch.setattr(operations, "mp3_of", looking)
    upload(tomasa, wav())
    assert depths == [len(connection.savepoint_ids)], "in no transaction but the test's own"
    assert Recording.objects.exists()


def test_when_the_text_changes_it_is_silent_and_editors_see_it(
    tomasa: Client, rosa: Client, client: Client
) -> None:
    upload(tomasa, wav())
    decide(rosa, "aceptar")
    ficha = published(DNI).ficha
    words = {key: f"{text} Así es." if key != "nombre" else text for key, text in ficha.es.items()}
    publish_ficha(ficha.model_copy(update={"es": words}), by=None, note="otras palabras")
    assert voice(client) == "espeak-ng"
    assert mark_stale(DNI) == 1
    assert [line.cuantos for line in waiting() if "Voces" in line.texto] == [1]
    assert "El texto cambió" in rosa.get("/admin/voces/").content.decode()
    assert "grabarlo de nuevo" in decide(rosa, "aceptar").content.decode()
    # The old words again: the recording says them, and is heard again.
    publish_ficha(ficha, by=None, note="como antes")
    assert mark_stale() == 0
    assert voice(client) == "person"


def test_who_may_not_lend_or_accept_a_voice(tomasa: Client, diego: User, client: Client) -> None:
    upload(tomasa, wav())
    mute = person("marta", Role.REVIEWER)
    assert "que habla quechua" in decide(mute, "aceptar").content.decode()
    client.force_login(diego)
    for path in ("/admin/voces/", SCREEN):
        assert client.get(path).status_code in (302, 403)
    decide(client, "quitar")
    agent = person("pedro", Role.AGENT)
    assert agent.get(SCREEN).status_code in (302, 403)
    for what in ("aceptar", "quitar"):
        decide(agent, what)
    assert Recording.objects.get().accepted_at is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no es sonido", "MP3 ni WAV"),
        (b"", "MP3 ni WAV|entre un segundo"),
        (b"RIFF....WAVE", "WAV no se puede leer"),
        (wav(0.2), "entre un segundo"),
    ],
)
def test_a_file_that_cannot_be_heard_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(NotHeard, match=said):
        mp3_of(data)


def test_two_channels_become_one_and_mp3_stays_as_it_is() -> None:
    mp3, seconds = mp3_of(wav(2.0, channels=2, rate=44100))
    assert {f.channels for f in frames(mp3)} == {1}
    assert seconds == pytest.approx(2.0, abs=0.15)
    own = encode(Pcm(bytes(2 * 22050 * 2), 22050))
    assert mp3_of(own)[0] == own
