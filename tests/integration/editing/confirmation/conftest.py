"""A round as an editor starts it, and the link as it stands in the contact's mail."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.directory.hours import LIMA
from cms.directory.models import Entidad
from cms.editing.confirmation import letters, operations
from cms.editing.confirmation.models import Ronda

FICHAS = ("reniec-dni-duplicado", "reniec-dni-renovacion")


def link_in(message: mail.EmailMessage) -> str:
    """The path of the contact's page in a mail."""
    found = re.search(r"https?://[^/\s]+(/confirmar/\S+/)", str(message.body))
    assert found, message.body
    return found.group(1)


@pytest.fixture(autouse=True)
def nothing_counted_yet() -> None:
    """What one test has counted against an address is not held against the next."""
    cache.clear()


@pytest.fixture
def editora(berta: User) -> User:
    berta.email = "berta@mac.example"
    berta.save()
    return berta


@pytest.fixture
def rosa(diego: User) -> User:
    """Reviews and publishes; somebody other than the editor."""
    diego.groups.set(Group.objects.filter(name__in=[str(Role.REVIEWER), str(Role.PUBLISHER)]))
    return diego


@pytest.fixture
def start_round(editora: User) -> Callable[..., Ronda]:
    def start(*codigos: str, days: int = 30) -> Ronda:
        return operations.start(
            entidad=Entidad.objects.get(codigo="reniec"),
            codigos=codigos or FICHAS,
            contact=operations.Contact("Ana Quispe", "ana@reniec.example"),
            mensaje="Gracias por tu tiempo.",
            vence=datetime.now(LIMA).date() + timedelta(days=days),
            by=editora,
        )

    return start


@pytest.fixture
def ronda(start_round: Callable[..., Ronda]) -> Ronda:
    """A round whose mail has gone out."""
    ronda = start_round()
    letters.send_due()
    ronda.refresh_from_db()
    return ronda


@pytest.fixture
def link(ronda: Ronda) -> str:
    return link_in(mail.outbox[-1])
