"""What nobody writes in earnest, through the whole chat: a reply with a person offered, and never a fact."""

import json
from typing import Any

import pytest

from cms.conversations.models import Message, Sender
from tests.integration.conversations.browser import Citizen
from tests.unit.search.test_hostile import HIDDEN, NONSENSE

pytestmark = pytest.mark.django_db
# There is nothing left of these once what cannot be seen is gone.
NOTHING = {"right-to-left marks only", "zero width only", "tag characters only"}


def stored() -> int:
    return Message.objects.filter(sender=Sender.CITIZEN).count()


@pytest.mark.parametrize("name", sorted(set(NONSENSE) - NOTHING))
def test_nonsense_is_kept_and_answered_without_a_fact(ana: Citizen, name: str) -> None:
    text = NONSENSE[name][:4000].strip()
    replies: list[dict[str, Any]] = ana.says(text)
    assert replies
    assert stored() == 1
    for reply in replies:
        assert reply["answer"] is None
        assert reply["handoff"]["phone"] == "1800"
        # What was written is not said back.
        assert text[:40] not in reply["text"]


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_a_text_nobody_can_see_is_no_message(ana: Citizen, name: str) -> None:
    response = ana.write(NONSENSE[name][:4000])
    assert response.status_code == 422
    assert stored() == 0
    assert json.loads(response.content)["title"]


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_hidden_letters_change_nothing_of_what_is_meant(ana: Citizen, text: str) -> None:
    replies = ana.says(f"cuánto cuesta el {text}")
    assert [reply["answer"]["codigo"] for reply in replies if reply["answer"]] == ["migraciones-pasaporte"]


def test_one_letter_too_many_is_refused_and_the_conversation_goes_on(ana: Citizen) -> None:
    assert ana.write("x" * 4001).status_code == 413
    assert stored() == 0
    assert any(reply["answer"] for reply in ana.says("cuánto cuesta el pasaporte"))
