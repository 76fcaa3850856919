"""Who is told, in the same transaction, that a citizen ended or deleted a conversation some agent had."""

from collections.abc import Callable
from dataclasses import dataclass

from cms.accounts.models import User
from cms.conversations.models import Conversation, Handoff, HandoffState, Owner


@dataclass(frozen=True, slots=True)
class Ended:
    """The conversation as it was; `erased`: nothing of it stays."""

    conversation: Conversation
    agent: User
    handoff: Handoff | None
    erased: bool


Told = Callable[[Ended], None]
_told: list[Told] = []


def register(told: Told) -> None:
    if told not in _told:
        _told.append(told)


def tell(current: Conversation, *, erased: bool = False) -> None:
    """To be called while the agent still has it; a conversation no agent has is of no concern."""
    if current.owner != Owner.AGENT or current.agent is None:
        return
    active = Handoff.objects.filter(conversation=current, state=HandoffState.ACTIVE).first()
    for told in _told:
        told(Ended(current, current.agent, active, erased))
