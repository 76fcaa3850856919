"""The switch of the assistant: a supervisor turns it off with a reason, and on again. Conversations go on meanwhile:
questions are answered by the plain search, with a person offered first.
"""

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from cms import kept
from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.connections import release_connection
from cms.conversations.errors import NotAnAgent
from cms.desk.models import AssistantPause

ASSISTANT = "assistant"
# How long a process may go on as before after the switch was turned.
KEPT_SECONDS = 2
KEY = "desk:assistant-paused"


def current_pause() -> AssistantPause | None:
    return AssistantPause.objects.filter(ended_at=None).select_related("by").first()


def is_paused(name: str) -> bool:
    """Whether the answerer called `name` is switched off; asked before each turn."""
    if name != ASSISTANT:
        return False
    known = kept.get(KEY)
    if known is None:
        try:
            known = AssistantPause.objects.filter(ended_at=None).exists()
        except DatabaseError:  # what the turn says of that is said further on
            return False
        kept.put(KEY, known, KEPT_SECONDS)
        release_connection()
    return bool(known)


@transaction.atomic
def pause(*, by: User, why: str) -> None:
    """Raises NotAnAgent, ValueError without a reason. Paused already, it stays as it is."""
    _check(by, why)
    try:
        with transaction.atomic():
            made = AssistantPause.objects.create(by=by, why=why.strip())
    except IntegrityError:
        return
    record("assistant.paused", str(made.pk), by=by, why=why.strip())
    transaction.on_commit(_told)


@transaction.atomic
def resume(*, by: User, why: str) -> None:
    """Raises NotAnAgent, ValueError without a reason."""
    _check(by, why)
    current = current_pause()
    if current is None:
        return
    open_ones = AssistantPause.objects.filter(ended_at=None)
    open_ones.update(ended_at=timezone.now(), ended_by=by, ended_why=why.strip())
    record("assistant.resumed", str(current.pk), by=by, why=why.strip())
    transaction.on_commit(_told)


def _told() -> None:
    kept.put(KEY, None, 1)


def _check(by: User, why: str) -> None:
    if not has_role(by, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is no supervisor")
    if not why.strip():
        raise ValueError("say why")
