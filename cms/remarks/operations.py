"""What is done with a remark: received, read, taken, passed on, answered, deleted. Each step is in the audit."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations import sealing
from cms.conversations.contacts import Contact
from cms.conversations.lines import Draft, append, locked
from cms.conversations.models import ContactKind, Conversation, Hold, Sender
from cms.conversations.operations.reading import is_in_charge
from cms.conversations.personal import mask, mask_of_agent, personal_values
from cms.conversations.phrases import say
from cms.directory.hours import LIMA
from cms.remarks import letters, numbers, periods, rights
from cms.remarks.errors import (
    AlreadyTaken,
    MayNotRead,
    MayNotTake,
    NothingCovered,
    NotSupervisor,
    NotYours,
    OnHold,
    RemarkNotFound,
)
from cms.remarks.models import OPEN_STATES, Letter, Remark, State
from lenguas.normalise import clean

MOST_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Given:
    """What a citizen says, and who says it. `client_id` names the view of the form it came from."""

    kind: str
    locale: str
    text: str
    about: str = ""
    name: str = ""
    contact: Contact | None = None
    conversation: Conversation | None = None
    client_id: str | None = None


def receive(*, given: Given, by: User | None = None) -> Remark:
    """Keeps a remark under its number, once per `client_id`; `by` wrote it down for the citizen."""
    try:
        with transaction.atomic():
            return _receive(given, by)
    except IntegrityError:
        if given.client_id is None:
            raise
        return Remark.objects.get(client_id=given.client_id)


def _receive(given: Given, by: User | None) -> Remark:
    masked, now = mask(given.text), timezone.now()
    sealed = sealing.seal(given.text) if masked.kinds and sealing.is_possible() else ""
    contact = given.contact
    remark = Remark.objects.create(
        kind=given.kind,
        locale=given.locale,
        about=given.about,
        text=masked.text,
        sealed=sealed,
        name=given.name,
        contact_kind=contact.kind if contact else "",
        contact=contact.value if contact else "",
        contact_digest=numbers.digest_of(contact) if contact else "",
        conversation=given.conversation,
        recorded_by=by,
        client_id=given.client_id,
        received_at=now,
        due_on=periods.due_on(given.kind, now.astimezone(LIMA).date()),
    )
    remark.number = numbers.number_of(remark)
    remark.save(update_fields=["number"])
    conversation = str(given.conversation.pk) if given.conversation else ""
    _record("received", remark, by, kind=given.kind, about=given.about, conversation=conversation)
    if by is not None and given.conversation is not None:
        _tell_number(remark, by, given.conversation)
    return remark


def _tell_number(remark: Remark, by: User, conversation: Conversation) -> None:
    """In the conversation it was written down from, while `by` has it."""
    current = locked(conversation.pk)
    if not is_in_charge(current, by):
        return
    key = "remark_recorded_where" if remark.contact else "remark_recorded"
    address = f"{settings.PUBLIC_URL}/{current.locale}/reclamos/estado/"
    text = say(key, current.locale, number=remark.number, address=address)
    append(current, [Draft(Sender.SYSTEM, text, current.locale)])


def _record(what: str, remark: Remark, by: User | None, why: str = "", **detail: object) -> None:
    record(f"remark.{what}", remark.number or "", by=by, why=why, **detail)


def find(*, number: str, contact: Contact) -> Remark:
    """The remark with this number, for who knows the contact left with it. Raises RemarkNotFound."""
    found = Remark.objects.filter(number=number, contact_digest=numbers.digest_of(contact)).first()
    if found is None:
        raise RemarkNotFound("no such number with this contact")
    return found


@transaction.atomic
def erase_for_citizen(*, remark: Remark) -> None:
    """Deletes it because its citizen wants so, answered or not. Raises OnHold."""
    if Hold.objects.filter(conversation=remark.conversation_id).exists():
        raise OnHold(f"{remark.number} is kept by order")
    _record("erased_by_citizen", remark, None, kind=remark.kind, state=remark.state)
    Remark.objects.filter(pk=remark.pk).delete()


@transaction.atomic
def open_to_read(*, pk: int, by: User) -> Remark:
    """The remark, for whoever may read it now; recorded. Raises RemarkNotFound, MayNotRead."""
    found = _found(pk)
    if not rights.may_read(found, by):
        raise MayNotRead(f"{by} neither has {found.number} nor may take it")
    _record("read", found, by, state=found.state)
    return found


def _found(pk: int) -> Remark:
    found = Remark.objects.select_related("owner", "recorded_by").filter(pk=pk).first()
    if found is None:
        raise RemarkNotFound(str(pk))
    return found


@transaction.atomic
def take(*, pk: int, by: User) -> Remark:
    """Gives a new one to `by`; of many who try at once one succeeds. Raises RemarkNotFound, AlreadyTaken, MayNotTake."""
    found = _found(pk)
    if found.state == State.NEW and not rights.may_take(found, by):
        raise MayNotTake(f"{found.number} is not for {by}")
    fresh = Remark.objects.filter(pk=pk, state=State.NEW)
    if not fresh.update(state=State.TAKEN, owner=by, taken_at=timezone.now()):
        raise AlreadyTaken(f"{found.number} is not new any more")
    _record("taken", found, by)
    return _found(pk)


@transaction.atomic
def give_back(*, pk: int, by: User, why: str) -> None:
    """Whoever has it leaves it to others; what was begun stays with it. Raises RemarkNotFound, NotYours, ValueError."""
    why = _reason(why)
    found = _found(pk)
    held = Remark.objects.filter(pk=pk, state=State.TAKEN, owner=by)
    if not held.update(state=State.NEW, owner=None, taken_at=None):
        raise NotYours(f"{by} does not have {found.number}")
    _record("given_back", found, by, why)


@transaction.atomic
def reassign(*, pk: int, by: User, to: User, why: str) -> None:
    """A supervisor gives it to `to`, whoever had it. Raises RemarkNotFound, NotSupervisor, MayNotTake, AlreadyTaken, ValueError."""
    if not has_role(by, Role.SUPERVISOR):
        raise NotSupervisor(f"{by} is no supervisor")
    why = _reason(why)
    found = _found(pk)
    if not rights.may_answer(found, to):
        raise MayNotTake(f"{found.number} is not for {to}")
    still_open = Remark.objects.filter(pk=pk, state__in=OPEN_STATES)
    if not still_open.update(state=State.TAKEN, owner=to, taken_at=timezone.now()):
        raise AlreadyTaken(f"{found.number} is answered")
    _record("reassigned", found, by, why, to=to.get_username())


@transaction.atomic
def keep_draft(*, pk: int, by: User, text: str) -> None:
    """What `by` has begun to answer, kept until it is sent. Raises NotYours, ValueError where it is too long."""
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"an answer has at most {MOST_CHARACTERS} characters")
    held = Remark.objects.filter(pk=pk, state=State.TAKEN, owner=by)
    if not held.update(draft=text, draft_saves=F("draft_saves") + 1):
        raise NotYours(f"{by} does not have remark {pk}")


@transaction.atomic
def answer(*, pk: int, by: User, text: str) -> Remark:
    """The one answer to it, shown to its citizen and sent where a mail address was left. Raises NotYours, ValueError.

    What the citizen told of themselves is covered in it too: it goes by mail, and stays longer than the contact.
    """
    said = clean(text).strip()
    if not 1 <= len(said) <= MOST_CHARACTERS:
        raise ValueError(f"an answer has 1 to {MOST_CHARACTERS} characters")
    found = _found(pk)
    known = personal_values(sealing.opened(found.sealed) or "") if found.sealed else []
    by_mail = found.contact_kind == ContactKind.MAIL and letters.is_possible()
    now = timezone.now()
    held = Remark.objects.filter(pk=pk, state=State.TAKEN, owner=by)
    done = held.update(
        state=State.ANSWERED,
        answer=mask_of_agent(said, [*known, found.contact] if found.contact else known).text,
        answered_at=now,
        draft="",
        letter=Letter.DUE if by_mail else Letter.NONE,
        letter_next_at=now if by_mail else None,
    )
    if not done:
        raise NotYours(f"{by} does not have {found.number}")
    _record("answered", found, by, days=(now - found.received_at) // timedelta(days=1), by_mail=by_mail)
    return _found(pk)


@transaction.atomic
def reveal_contact(*, pk: int, by: User, why: str) -> str:
    """The contact in full, for whoever has it; who looked, and why, stays in the audit. Raises NotYours, ValueError."""
    why = _reason(why)
    found = _owned(pk, by)
    _record("contact_revealed", found, by, why)
    return found.contact


@transaction.atomic
def reveal_text(*, pk: int, by: User, why: str) -> str:
    """What it said before it was covered, for whoever has it; recorded. Raises NotYours, NothingCovered, ValueError."""
    why = _reason(why)
    found = _owned(pk, by)
    text = sealing.opened(found.sealed) if found.sealed else None
    if text is None:
        raise NothingCovered(f"nothing is kept of {found.number}")
    _record("text_revealed", found, by, mask_of_agent(why, personal_values(text)).text)
    return text


def _owned(pk: int, by: User) -> Remark:
    found = _found(pk)
    if found.owner_id != by.pk:
        raise NotYours(f"{by} does not have {found.number}")
    return found


def _reason(why: str) -> str:
    """What goes into the audit, which is kept for good. Raises ValueError where none is given."""
    if not why.strip():
        raise ValueError("say why")
    return mask(why.strip()).text
