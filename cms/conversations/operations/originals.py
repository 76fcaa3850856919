"""What a message said before it was covered: kept apart, shown to the agent in charge with a reason, soon deleted."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cms.accounts.models import User
from cms.audit.operations import record
from cms.conversations import keepers, sealing
from cms.conversations.errors import NothingCovered, NotYours
from cms.conversations.models import Conversation, Handoff, Message, Original, Owner
from cms.conversations.personal import Masked, mask_of_agent, personal_values


def keep_original(message: Message, said: str, masked: Masked) -> None:
    """Beside a message that was covered, inside the caller's transaction; sealed, and not at all without a key."""
    if masked.kinds and sealing.is_possible():
        Original.objects.create(message=message, sealed=sealing.seal(said))


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many originals have the first key now, and how many no key opens."""

    sealed: int
    shut: int


def reseal() -> Resealed:
    """Seals every original with the first key, other apps' too. Can be stopped at any moment, and run again."""
    done, shut = keepers.reseal()
    for original in Original.objects.only("sealed").iterator(chunk_size=500):
        again = sealing.resealed(original.sealed)
        shut += again is None
        if again is not None:
            done += Original.objects.filter(pk=original.pk, sealed=original.sealed).update(sealed=again)
    record("conversations.resealed", "conversations", sealed=done, shut=shut)
    return Resealed(done, shut)


@transaction.atomic
def reveal_original(*, conversation_id: UUID | str, message_id: int, by: User, why: str) -> str:
    """The text as it was written, for the agent who has the conversation; who looked, and why, stays in the audit.

    Raises NotYours, NothingCovered, ValueError without a reason.
    """
    if not why.strip():
        raise ValueError("say why the text is needed")
    found = Message.objects.filter(pk=message_id, conversation_id=conversation_id)
    message = found.select_related("conversation").first()
    if message is None or not _has(message.conversation, by):
        raise NotYours("only the agent in charge may see what was covered")
    original = Original.objects.filter(message=message).first()
    text = sealing.opened(original.sealed) if original else None
    if text is None:
        raise NothingCovered(f"nothing is kept of message {message_id}")
    subject, reason = str(message.conversation_id), agents_text(message.conversation_id, why.strip())
    record("conversation.revealed", subject, by=by, why=reason, seq=message.seq)
    return text


def _has(conversation: Conversation, by: User) -> bool:
    return conversation.owner == Owner.AGENT and conversation.agent_id == by.pk


def agents_text(conversation_id: UUID | str, text: str) -> str:
    """What an agent wrote about or in a conversation, without what the citizen is known to have told of themselves."""
    if not any(character.isdigit() or character == "@" for character in text):
        return mask_of_agent(text).text
    kept = Original.objects.filter(message__conversation_id=conversation_id).values_list("sealed", flat=True)
    told = [original for sealed in kept if (original := sealing.opened(sealed))]
    known = [value for original in told for value in personal_values(original)]
    known += Handoff.objects.filter(conversation_id=conversation_id).values_list("contact", flat=True)
    return mask_of_agent(text, known).text
