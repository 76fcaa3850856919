"""Rounds as editors see them: those of the entities they may write for."""

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cms.accounts.models import User
from cms.editing.confirmation.models import OPEN_STATES, Ronda
from cms.tramites.rights import entidades_de

FILTERS = {
    "": "Todas",
    "abiertas": "Esperan respuesta",
    "respondidas": "Respondidas",
    "vencidas": "Vencidas sin respuesta",
    "rebotadas": "El correo rebotó",
    "anuladas": "Anuladas",
}


def rounds_of(user: User, kind: str = "", entidad: str = "") -> QuerySet[Ronda]:
    """Newest first, with `dadas` the number of answers given; `kind` is one of FILTERS."""
    rounds = Ronda.objects.select_related("entidad", "by").filter(
        entidad__in=entidades_de(user).order_by().values("pk")
    )
    if entidad:
        rounds = rounds.filter(entidad__codigo=entidad)
    return rounds.filter(_condition(kind)).annotate(dadas=Count("respuestas")).order_by("-creada_at", "-id")


def _condition(kind: str) -> Q:
    is_open = Q(estado__in=OPEN_STATES)
    over = Q(vence_at__lte=timezone.now())
    return {
        "abiertas": is_open & ~over,
        "respondidas": Q(estado="respondida"),
        "vencidas": is_open & over,
        "rebotadas": is_open & ~Q(rebote=""),
        "anuladas": Q(estado="anulada"),
    }.get(kind, Q())


def accounts_of(correo: str) -> QuerySet[User, int]:
    """Keys of the accounts with this address: whoever answers from it is one of us, and not the entity."""
    return User.objects.filter(email__iexact=correo).exclude(email="").values_list("pk", flat=True)
