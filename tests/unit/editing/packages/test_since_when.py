"""Since when a package holds: as proposed, as its approver says, and never before anybody had approved it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.directory.hours import LIMA
from cms.editing.packages import operations
from cms.editing.packages.errors import PackageError
from cms.editing.packages.models import Estado, Paquete
from cms.editing.packages.operations import OtherDate
from cms.editing.packages.operations.force import take_force_due
from cms.tramites.queries import published
from tests.unit.editing.packages.conftest import DNI, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
PLANNED = datetime(2027, 1, 4, 9, 0, tzinfo=LIMA)
Clock = Callable[[datetime], None]
Commits = Callable[..., Any]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    def at(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return at


@pytest.fixture
def planned(filled: Paquete, berta: User, clock: Clock) -> Paquete:
    """Sent three days before the day it is to take force on."""
    clock(PLANNED - timedelta(days=3))
    operations.edit(filled, by=berta, en_vigor_at=PLANNED)
    return operations.submit(filled, by=berta)


def fresh(package: Paquete) -> Paquete:
    return Paquete.objects.get(pk=package.pk)


def acta(package: Paquete) -> dict[str, Any]:
    told: dict[str, Any] = package.actas.get().contenido
    return told


def steps(package: Paquete) -> dict[str, dict[str, str]]:
    return {step["que"]: step for step in acta(package)["pasos"]}


def test_the_clock_puts_it_in_force_and_who_proposed_and_who_approved_are_named_apart(
    planned: Paquete, rosa: User, clock: Clock
) -> None:
    operations.approve(planned, as_shown=shown(planned), by=rosa)
    clock(PLANNED)
    assert take_force_due() == 1
    who = {que: step["por"] for que, step in steps(planned).items()}
    assert who["Lo envió para aprobación"] == "berta"
    assert who["Lo aprobó"] == "rosa"
    assert who["Entró en vigor"] == "el reloj"
    assert Entry.objects.get(what="package.in_force").by is None
    told = acta(planned)
    assert (told["propuesto"]["por"], told["aprobado"]["por"]) == ("berta", "rosa")
    assert told["propuesto"]["at"] == told["aprobado"]["at"] == "2027-01-01T09:00:00-05:00"
    assert told["rige_at"] == "2027-01-04T09:00:00-05:00"


def test_approved_after_its_minute_it_holds_from_the_approval_on(
    planned: Paquete, rosa: User, clock: Clock, django_capture_on_commit_callbacks: Commits
) -> None:
    """Nobody had been told the fee in between."""
    late = PLANNED + timedelta(days=2, hours=3)
    clock(late)
    with pytest.raises(PackageError, match="ya pasó"):
        operations.approve(planned, as_shown=shown(planned), by=rosa)
    with django_capture_on_commit_callbacks(execute=True):
        operations.approve(planned, as_shown=shown(planned), by=rosa, other_date=OtherDate(None))
    assert fresh(planned).estado == Estado.VIGENTE
    assert published(DNI).version.rige == date(2027, 1, 6)
    assert acta(planned)["rige_at"] == "2027-01-06T12:00:00-05:00"


def test_approved_in_the_last_second_of_a_day_it_holds_from_that_day_though_the_clock_comes_after_midnight(
    planned: Paquete, rosa: User, clock: Clock
) -> None:
    clock(datetime(2027, 1, 2, 23, 59, 59, tzinfo=LIMA))
    operations.approve(planned, as_shown=shown(planned), by=rosa, other_date=OtherDate(None))
    clock(datetime(2027, 1, 3, 0, 0, 15, tzinfo=LIMA))
    assert take_force_due() == 1
    assert published(DNI).version.rige == date(2027, 1, 2)


def test_the_approver_sets_another_date_which_acta_and_audit_tell(
    planned: Paquete, rosa: User, clock: Clock
) -> None:
    other = PLANNED + timedelta(days=7, hours=-9)
    operations.approve(planned, as_shown=shown(planned), by=rosa, other_date=OtherDate(other))
    clock(PLANNED)
    assert (take_force_due(), fresh(planned).estado) == (0, Estado.APROBADO)
    clock(other)
    assert take_force_due() == 1
    assert fresh(planned).estado == Estado.VIGENTE, fresh(planned).porque
    assert published(DNI).version.rige == date(2027, 1, 11)
    said = "Cambió cuándo entra en vigor: el 11/01/2027 a las 00:00, y no el 04/01/2027 a las 09:00, como se propuso."
    assert steps(planned)["Lo aprobó"]["porque"] == said
    entry = Entry.objects.get(what="package.approved")
    assert (entry.by_name, entry.why) == ("rosa", said)
    assert entry.detail["en_vigor_propuesto"] == "2027-01-04T09:00:00-05:00"
    assert entry.detail["en_vigor"] == "2027-01-11T00:00:00-05:00"


def test_a_date_as_proposed_is_no_change_of_date(planned: Paquete, rosa: User) -> None:
    operations.approve(planned, as_shown=shown(planned), by=rosa)
    assert Entry.objects.get(what="package.approved").why == ""


def test_the_approver_s_date_is_not_one_gone_by(planned: Paquete, rosa: User, clock: Clock) -> None:
    past = OtherDate(PLANNED - timedelta(days=10))
    with pytest.raises(PackageError, match="ya pasó: no se aprobó nada"):
        operations.approve(planned, as_shown=shown(planned), by=rosa, other_date=past)
    assert fresh(planned).estado == Estado.ENVIADO
    assert fresh(planned).en_vigor_at == PLANNED


def test_who_prepared_it_does_not_set_its_date_by_approving_it(planned: Paquete, berta: User) -> None:
    berta.is_superuser = True
    berta.save()
    with pytest.raises(PackageError):
        operations.approve(
            planned, as_shown=shown(planned), by=berta, other_date=OtherDate(PLANNED + timedelta(days=1))
        )
