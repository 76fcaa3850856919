"""How long a remark is kept, who wins it, and what its tables hold to."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.conversations import operations as conversations
from cms.conversations import sealing
from cms.conversations.contacts import read_contact
from cms.conversations.operations.retention import CONTACT_DAYS
from cms.remarks import operations
from cms.remarks.errors import AlreadyTaken
from cms.remarks.models import Remark, State
from cms.remarks.operations import Given
from tests.integration.conversations.conftest import at_once
from tests.integration.remarks.conftest import PHONE, Write

SECRET = "45678912"


@pytest.fixture
def answered(write: Write, carlos: User) -> Remark:
    remark = write(text=f"Mi DNI es {SECRET}")
    operations.take(pk=remark.pk, by=carlos)
    return operations.answer(pk=remark.pk, by=carlos, text="Lo sentimos.")


def in_days(days: int) -> datetime:
    return timezone.now() + timedelta(days=days, hours=1)


@pytest.mark.django_db
def test_a_month_after_the_answer_nobody_knows_who_wrote_but_who_does_still_reads_it(
    answered: Remark,
) -> None:
    assert conversations.apply_retention(now=in_days(CONTACT_DAYS - 1)).others == {}
    assert sum(conversations.apply_retention(now=in_days(CONTACT_DAYS)).others.values()) == 1
    answered.refresh_from_db()
    assert (answered.name, answered.contact, answered.contact_kind, answered.sealed) == ("", "", "", "")
    assert operations.find(number=answered.number or "", contact=read_contact(PHONE)) == answered


@pytest.mark.django_db
def test_after_the_time_of_a_conversation_it_is_deleted(answered: Remark, settings: Any) -> None:
    conversations.apply_retention(now=in_days(settings.RETENTION_DAYS - 1))
    assert Remark.objects.exists()
    conversations.apply_retention(now=in_days(settings.RETENTION_DAYS))
    assert not Remark.objects.exists()


@pytest.mark.django_db
def test_one_that_nobody_has_answered_is_never_deleted_by_its_age(write: Write) -> None:
    write()
    assert conversations.apply_retention(now=in_days(5000)).others == {}
    assert Remark.objects.get().contact


@pytest.mark.django_db
def test_a_dry_run_says_what_would_go_and_deletes_nothing(answered: Remark) -> None:
    Remark.objects.update(answered_at=timezone.now() - timedelta(days=CONTACT_DAYS, hours=1))
    said = io.StringIO()
    call_command("apply_retention", "--dry-run", stdout=said)
    assert "Se borrarían también: 1 datos de quien escribió" in said.getvalue()
    assert Remark.objects.get().contact


@pytest.mark.django_db
def test_a_new_key_seals_them_too(answered: Remark, settings: Any) -> None:
    old, new = settings.ORIGINALS_KEYS[0], Fernet.generate_key().decode()
    settings.ORIGINALS_KEYS = [new, old]
    call_command("reseal_originals", stdout=io.StringIO())
    settings.ORIGINALS_KEYS = [new]
    answered.refresh_from_db()
    assert SECRET in (sealing.opened(answered.sealed) or "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.TAKEN},
        {"state": State.ANSWERED, "answer": "Sí."},
        {"answer": "Sí."},
        {"contact": ""},
    ],
)
def test_the_tables_refuse_what_cannot_be(write: Write, wrong: dict[str, str]) -> None:
    remark = write()
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.filter(pk=remark.pk).update(**wrong)


def test_fifty_take_at_once_and_one_wins(live_seed: None) -> None:
    from django.contrib.auth.models import Group

    group, _ = Group.objects.get_or_create(name=str(Role.AGENT))
    agents = [User.objects.create_user(f"agente{number}") for number in range(50)]
    for agent in agents:
        agent.groups.add(group)
    remark = operations.receive(given=Given("sugerencia", "es", "Más ventanillas."))
    results = at_once([lambda by=agent: operations.take(pk=remark.pk, by=by) for agent in agents])  # type: ignore[misc]
    won = [result for result in results if isinstance(result, Remark)]
    assert len(won) == 1
    assert sum(isinstance(result, AlreadyTaken) for result in results) == 49
    remark.refresh_from_db()
    assert remark.owner == won[0].owner
