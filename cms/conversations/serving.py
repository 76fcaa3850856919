"""Messages as the contract shows them. Everything a citizen is shown that is not their own passes `served`.

The offer of a person is worked out when a message is served, from how things stand at that moment: nothing
in a message's text has any part in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from cms.conversations.availability import Standing, position, standing, standing_of, state_for
from cms.conversations.models import Conversation, Handoff, Message, Owner, Sender
from cms.conversations.operations.handoffs import give_case_number, open_handoff
from cms.conversations.phrases import say
from cms.ui.institution import ALO_MAC_PHONE

Served = dict[str, Any]
# Whoever has a person waits for none.
THERE = Standing("now", 0, None, None, None)


@dataclass(frozen=True, slots=True)
class Known:
    """What was looked up a moment ago for many conversations at once.

    `standings`: by language, how things stand with a person for whoever asks now. `handoffs`: the open ones, by conversation.
    """

    standings: Mapping[str, Standing]
    handoffs: Mapping[UUID, Handoff]


def served(
    conversation: Conversation, messages: Iterable[Message], offer: Served | None = None
) -> list[Served]:
    """The messages in the shape of the contract, each that is not the citizen's own with the offer of a person.

    `offer`: the `handoff_offer` of the conversation, where it was worked out already.
    """
    shown = list(messages)
    is_offered = any(message.sender != Sender.CITIZEN for message in shown)
    offered = (offer or handoff_offer(conversation)) if is_offered else {}
    return [_served(message, offered) for message in shown]


def _served(message: Message, offer: Served) -> Served:
    shown: Served = {
        "seq": message.seq,
        "in_reply_to": message.in_reply_to,
        "sender": message.sender,
        "locale": message.locale,
        "at": timezone.localtime(message.at).isoformat(),
        "text": message.text,
    }
    if message.sender == Sender.CITIZEN:
        return shown | {"client_id": message.client_id}
    label = say("handoff", message.locale)
    return shown | {
        "answer": message.answer,
        "choices": message.choices,
        "handoff": {**offer, "label": label},
    }


def handoff_offer(conversation: Conversation, known: Known | None = None) -> Served:
    """How the citizen stands with a person, now: the `handoff` of the contract, in the conversation's language."""
    handoff = known.handoffs.get(conversation.pk) if known else open_handoff(conversation)
    stands = _stands(conversation, handoff, known.standings if known else {})
    state = state_for(conversation, handoff, stands)
    if handoff and state == "callback":
        # Whoever is told to wait for a call is told under which number, from the first moment on.
        give_case_number(handoff)
    return {
        "state": state,
        "requested": handoff is not None,
        "label": say("handoff", conversation.locale),
        "phone": ALO_MAC_PHONE,
        "position": _position(handoff, stands, state),
        "wait_seconds": stands.wait_seconds if state in ("now", "queue") else None,
        "wait_seconds_max": stands.wait_seconds_max if state in ("now", "queue") else None,
        "opens_at": _opens_at(stands, state),
        "case_number": handoff.case_number if handoff else None,
    }


def _stands(conversation: Conversation, handoff: Handoff | None, known: Mapping[str, Standing]) -> Standing:
    if conversation.owner == Owner.AGENT:
        return THERE
    if handoff:
        return standing_of(handoff)
    return known.get(conversation.locale) or standing(conversation.locale)


def _position(handoff: Handoff | None, stands: Standing, state: str) -> int | None:
    """The place in the queue, or the one the citizen would get."""
    if state != "queue":
        return None
    return position(handoff) if handoff else stands.waiting + 1


def _opens_at(stands: Standing, state: str) -> str | None:
    if state != "callback" or stands.opens_at is None:
        return None
    return timezone.localtime(stands.opens_at).isoformat()
