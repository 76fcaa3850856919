"""Berta prepares, Rosa approves, Diego has no rights; RENIEC's fee of the duplicate rises."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.directory.models import Entidad
from cms.editing.packages import operations
from cms.editing.packages.checking import checks
from cms.editing.packages.models import Paquete
from cms.editing.packages.results import digest, results
from cms.editing.proposals import Accion, Proposal
from cms.tramites.queries import published
from cms.tramites.schema import Ficha

DNI, ACTA, RENOVACION = "reniec-dni-duplicado", "reniec-acta-nacimiento", "reniec-dni-renovacion"
NUEVA = "reniec-constancia-nueva"


def account(name: str, *roles: Role) -> User:
    user = User.objects.create_user(username=name, password="una clave de prueba")
    user.groups.set([Group.objects.get_or_create(name=str(role))[0] for role in roles])
    return user


@pytest.fixture
def rosa(seeded: None) -> User:
    """Approves."""
    return account("rosa", Role.REVIEWER, Role.PUBLISHER)


@pytest.fixture
def reniec(seeded: None) -> Entidad:
    return Entidad.objects.get(codigo="reniec")


def ficha(codigo: str) -> Ficha:
    return published(codigo).ficha


def with_fee(codigo: str, amount: str) -> Ficha:
    """The public ficha with its first fee at `amount`."""
    return with_facts(codigo, costos=[{"clave": "en-linea", "monto": Decimal(amount), "via": "en_linea"}])


def with_facts(codigo: str, words: dict[str, str] | None = None, **facts: Any) -> Ficha:
    raw = ficha(codigo).model_dump(mode="json", exclude={"qu"})
    hechos = {**raw["hechos"], **facts}
    kept = {f"costos.{row['clave']}" for row in hechos["costos"]}
    es = {k: v for k, v in {**raw["es"], **(words or {})}.items() if not k.startswith("costos.") or k in kept}
    return Ficha.model_validate({"hechos": hechos, "es": es})


def brand_new(codigo: str = NUEVA) -> Ficha:
    base = with_fee(DNI, "12.50").model_dump(mode="json")
    base["hechos"] |= {"codigo": codigo, "servicios_2023": []}
    base["es"]["nombre"] = "Constancia de inscripción nueva"
    return Ficha.model_validate(base)


@pytest.fixture
def draft(berta: User, reniec: Entidad) -> Paquete:
    """Complete but for its fichas."""
    return operations.create(
        titulo="TUPA 2026", entidad=reniec, norma="Resolución Jefatural 120-2026", norma_fecha=date(2026, 11, 2),
        nota="Sube el pago del duplicado del DNI.", origen="hoja", by=berta,
    )  # fmt: skip


@pytest.fixture
def filled(draft: Paquete, berta: User) -> Paquete:
    """A fee changes, a ficha is new, another is withdrawn."""
    proposals = [
        Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "41.50"), fila=2),
        Proposal(NUEVA, Accion.NUEVA, brand_new(), fila=3),
        Proposal(ACTA, Accion.RETIRA, None, fila=4, motivo="Ya no se da", reemplazo=RENOVACION),
    ]
    operations.put(draft, proposals, by=berta)
    accept_all(draft, by=berta, why="Así lo dice la norma")
    return draft


@pytest.fixture
def sent(filled: Paquete, berta: User) -> Paquete:
    return operations.submit(filled, by=berta)


def accept_all(package: Paquete, *, by: User, why: str) -> int:
    """«Todos», and then one by one what «todos» leaves."""
    count = operations.accept(package, by=by, why=why)
    for codigo, told in checks(package, results(package)).items():
        for check in told:
            if check.pending:
                count += operations.accept(package, by=by, why=why, codigo=codigo, finding=check.id)
    return count


def shown(package: Paquete) -> str:
    """The digest somebody who opens the package now would have in front of them."""
    fresh = Paquete.objects.get(pk=package.pk)
    return digest(fresh, results(fresh))


@pytest.fixture
def approve_now(rosa: User, django_capture_on_commit_callbacks: Any) -> Callable[[Paquete], Paquete]:
    """Approves as Rosa, with what follows the commit."""

    def approve(package: Paquete) -> Paquete:
        with django_capture_on_commit_callbacks(execute=True):
            operations.approve(package, as_shown=shown(package), by=rosa)
        return Paquete.objects.get(pk=package.pk)

    return approve
