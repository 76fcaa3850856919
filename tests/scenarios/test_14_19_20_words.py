"""14: a month of chats is exported. 19: with every text replaced a person is still reached, in both languages.
20: a tasa, an expediente and an amount are left as they are; a DNI is covered.
"""

import io
import json
import random
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import operations, phrases
from cms.conversations.export import exported
from cms.conversations.models import Conversation, Handoff, Message, Original
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.rasa_double import RasaDouble, say

pytestmark = pytest.mark.django_db
MONTH = 1500


def a_month_of_chats(count: int) -> None:
    begun = [
        Conversation(token_digest="x", created_at=timezone.now() - timedelta(days=n % 28))
        for n in range(count)
    ]
    Conversation.objects.bulk_create(begun)
    lines = [
        Message(
            conversation=row,
            seq=seq,
            sender="citizen" if seq % 2 else "assistant",
            locale="es",
            text="x" * 200,
        )
        for row in begun
        for seq in range(1, 7)
    ]
    Message.objects.bulk_create(lines, batch_size=500)


def test_14_a_month_of_chats_is_exported_whole_and_in_little_memory(seeded: None, sonia: User) -> None:
    a_month_of_chats(MONTH)
    today = timezone.localdate()
    tracemalloc.start()
    found = [json.loads(line)["id"] for line in exported(today - timedelta(days=30), today)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(set(found)) == len(found) == MONTH
    # All rows at once take some 25 MB.
    assert peak < 16_000_000


def test_14_an_export_is_a_supervisors_covered_and_on_record(
    ana: Citizen, rasa: RasaDouble, sonia: User, carlos: User
) -> None:
    ana.says("mi DNI es 45678912")
    ana.post("handoff", {"contact": "987654321"})
    today = timezone.localdate().isoformat()
    written = io.StringIO()
    with pytest.raises(CommandError):
        call_command("export_conversations", today, today, by="carlos", why="estudio", stdout=written)
    call_command("export_conversations", today, today, by="sonia", why="estudio de la PCM", stdout=written)
    [line] = written.getvalue().splitlines()
    assert "mi DNI es ********" in line
    assert "45678912" not in line
    assert "987654321" not in line
    assert Entry.objects.get(what="conversations.exported").why == "estudio de la PCM"


def scrambled(texts: dict[str, Callable[[], str]]) -> dict[str, Callable[[], str]]:
    """The same places to fill, in a random order among random letters."""
    shuffler = random.Random(11)

    def nonsense(text: str) -> str:
        words = text.split()
        shuffler.shuffle(words)
        return " ".join(
            word if "{" in word else "".join(shuffler.choice("bcdfgk") for _letter in word) for word in words
        )

    said = {key: nonsense(text()) for key, text in texts.items()}
    return {key: partial(said.__getitem__, key) for key in texts}


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_19_with_every_text_replaced_a_person_is_still_reached(
    seeded: None,
    client: Client,
    rasa: RasaDouble,
    quilla_present: User,
    monkeypatch: pytest.MonkeyPatch,
    locale: str,
) -> None:
    def life() -> tuple[object, ...]:
        rasa.locale = locale
        citizen = Citizen(client, locale=locale)
        rasa.results = lambda incoming: [say("own_case"), {"type": "offer_person", "reason": "own_case"}]
        [offered] = citizen.says("xyz")
        rasa.results = lambda incoming: [{"type": "handoff", "reason": "asked"}]
        citizen.says("abc")
        operations.claim(conversation_id=citizen.id, by=quilla_present)
        operations.return_to_queue(conversation_id=citizen.id, by=quilla_present)
        citizen.presses("undo_handoff")
        citizen.presses(offered["choices"][0]["payload"])
        state = citizen.read()
        operations.cancel_request(conversation=Conversation.objects.get(pk=citizen.id))
        handoffs = Handoff.objects.filter(conversation_id=citizen.id).values_list("state", "reason", "locale")
        lines = Message.objects.filter(conversation_id=citizen.id).order_by("seq")
        return (
            state["owner"],
            state["handoff"]["state"],
            state["handoff"]["position"],
            list(handoffs),
            [(line.sender, [choice["payload"] for choice in line.choices]) for line in lines],
        )

    honest = life()
    assert honest[:3] == ("queue", "queue", 1)
    for table in ("SAY", "NOTICES", "LABELS"):
        monkeypatch.setattr(phrases, table, scrambled(getattr(phrases, table)))
    assert life() == honest


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("código de tasa 02148 y S/ 150000 soles", None),
        ("mi expediente 2024-123456, Ley 29973", None),
        ("tasa codigoqa 1234567, 150000 solesta pagarqani", None),
        ("RUC 20131312955, trámite 02148", None),
        ("mi DNI es 45678912", "mi DNI es ********"),
        ("DNIyqa 45678912, expedienteyqa 12345678", "DNIyqa ********, expedienteyqa 12345678"),
    ],
)
def test_20_codes_and_amounts_stay_and_a_dni_is_covered(
    ana: Citizen, rasa: RasaDouble, said: str, kept: str | None
) -> None:
    stored = ana.write(said).json()["message"]["text"]
    assert stored == (kept or said)
    assert rasa.heard[0].text == stored
    assert Original.objects.exists() is (kept is not None)
