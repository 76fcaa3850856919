"""The assistant's side: one reply to each message that is due, or none when a person has taken over."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cms.conversations import answerers, payloads, results
from cms.conversations.answerers import MOST_FAULT, Decision, Locale, NoAnswer, Question
from cms.conversations.errors import Superseded
from cms.conversations.faults import without_words
from cms.conversations.lines import Draft, append, locked
from cms.conversations.models import (
    UNCLAIMED_STATES,
    Conversation,
    Handoff,
    Message,
    Owner,
    Reason,
    Sender,
    TurnState,
)
from cms.conversations.one_by_one import one_by_one
from cms.conversations.operations.handoffs import Wish, announce
from cms.conversations.queries import said_before
from cms.conversations.rendering import PersonWanted, Rendering

logger = logging.getLogger(__name__)
# A turn takes its time budget and a little more; later than this, whoever was at it is gone.
UNANSWERED_AFTER_SECONDS = 10
MOST_AT_ONCE = 50


def run_turn(*, message: Message) -> bool:
    """Answers the citizen's message, once, however many try; returns whether this call stored the reply.

    No transaction is held while the answerers think. A reply that comes after somebody else took the
    conversation over is dropped: `message` and its conversation are as they were read or stored a moment ago.
    """
    if message.turn != TurnState.DUE:
        return False
    rendering = _rendered(message)
    try:
        return _store_reply(message, rendering)
    except Superseded:
        Message.objects.filter(pk=message.pk, turn=TurnState.DUE).update(turn=TurnState.DROPPED)
        return False


def answer_unanswered(*, now: datetime | None = None) -> int:
    """Answers what a process that died left behind; returns how many replies were stored."""
    before = (now or timezone.now()) - timedelta(seconds=UNANSWERED_AFTER_SECONDS)
    due = Message.objects.filter(turn=TurnState.DUE, at__lt=before, conversation__owner=Owner.ASSISTANT)
    left = list(due.order_by("at").values_list("pk", flat=True))
    return one_by_one(_run_left, left, job="answer_unanswered", at_most=MOST_AT_ONCE)


def _run_left(pk: int) -> bool:
    return run_turn(message=Message.objects.select_related("conversation").get(pk=pk))


def _rendered(message: Message) -> Rendering:
    """What is to be said; a fault on the way becomes an honest sentence with the person first."""
    conversation = message.conversation
    try:
        decision = _decision(message)
        rendering = Rendering(
            conversation, message, decision.locale, person_first=bool(decision.fault), fault=decision.fault
        )
        rendering.render(decision.results)
    except NoAnswer as error:
        return _unavailable(message, str(error))
    except Exception as error:  # the edge of a turn: whatever broke, the citizen gets a reply
        extra = {"event": "turn_failed", "conversation": str(conversation.pk)}
        logger.error("A turn failed.", exc_info=without_words(error), extra=extra)
        return _unavailable(message, type(error).__name__)
    return rendering


def _decision(message: Message) -> Decision:
    conversation = message.conversation
    button = payloads.read_payload(message.payload) if message.payload else None
    locale = _locale(conversation)
    if button is None:
        return answerers.decide(question_of(message))
    if button.kind == "ninguno":
        return Decision(locale, (results.Say(key="which_first"),))
    subject = {"sede" if button.kind == "sede" else "codigo": button.target}
    return Decision(locale, (results.Answer(**subject, aspecto=button.aspecto),))


def question_of(message: Message) -> Question:
    conversation = message.conversation
    before = said_before(message)
    return Question(
        conversation_id=str(conversation.pk),
        text=message.text,
        locale=_locale(conversation),
        locale_chosen=conversation.locale_chosen,
        codigo=conversation.codigo,
        aspecto=conversation.aspecto,
        sede=conversation.sede,
        options=tuple(results.Subject.model_validate(option) for option in conversation.options),
        misses=conversation.misses,
        earlier=before.texts,
        offered=tuple(results.Subject.model_validate(option) for option in before.offered),
        unanswered=before.unanswered,
        told=before.told,
    )


def _locale(conversation: Conversation) -> Locale:
    return "qu" if conversation.locale == "qu" else "es"


def _unavailable(message: Message, fault: str) -> Rendering:
    rendering = Rendering(
        message.conversation,
        message,
        _locale(message.conversation),
        person_first=True,
        fault=fault[:MOST_FAULT],
    )
    rendering.unavailable()
    return rendering


@transaction.atomic
def _store_reply(message: Message, rendering: Rendering) -> bool:
    """Raises Superseded when the conversation is not the one the turn began with."""
    current = locked(message.conversation_id)
    if current.epoch != message.conversation.epoch or current.owner != Owner.ASSISTANT:
        raise Superseded(str(current.pk))
    if not Message.objects.filter(pk=message.pk, turn=TurnState.DUE).update(turn=TurnState.DONE):
        return False
    changes = dict(rendering.changes)
    drafts = []
    for line in rendering.lines:
        if isinstance(line, PersonWanted):
            drafts.append(_announced(current, message, line, rendering, changes))
        else:
            drafts.append(line)
    if changes.get("locale_chosen"):
        _move_requests(current, changes["locale"])
    append(current, drafts, **changes)
    return True


def _announced(
    current: Conversation,
    message: Message,
    wanted: PersonWanted,
    rendering: Rendering,
    changes: dict[str, object],
) -> Draft:
    announced = announce(
        current,
        Wish(Reason(wanted.reason)),
        sender=Sender.ASSISTANT,
        in_reply_to=message.seq,
        locale=rendering.locale,
    )
    changes |= announced.changes
    return announced.draft


def _move_requests(current: Conversation, locale: str) -> None:
    Handoff.objects.filter(conversation=current, state__in=UNCLAIMED_STATES).update(locale=locale)
