"""Finding packages, drafts of fichas that could go into one, and what waits for whom."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet

from cms.accounts.models import User
from cms.editing.packages.bases import stale
from cms.editing.packages.models import Estado, Paquete, Partida
from cms.editing.packages.rights import visible
from cms.editing.proposals import Accion
from cms.tramites.models import FichaPage, Tramite
from cms.tramites.rights import entidades_de


def search(
    user: User, *, q: str = "", estado: str = "", entidad: Any = None, anio: int | None = None
) -> QuerySet[Paquete]:
    """The packages `user` may see, newest first; `q` in title, norm, note, entity, and code or name of any ficha in it."""
    found = visible(user).annotate(
        fichas=Count("partidas", filter=~Q(partidas__accion=Accion.IGUAL), distinct=True)
    )
    for word in q.split():
        # Ids first: a filter on the rows of a package would change what is counted of them.
        of_fichas = Q(partidas__codigo__icontains=word) | Q(partidas__nombre__icontains=word)
        holding = Paquete.objects.filter(of_fichas).values("pk")
        found = found.filter(
            Q(titulo__icontains=word) | Q(norma__icontains=word) | Q(nota__icontains=word)
            | Q(entidad__sigla__icontains=word) | Q(entidad__nombre__icontains=word) | Q(pk__in=holding)
        )  # fmt: skip
    if estado:
        found = found.filter(estado=estado)
    if entidad:
        found = found.filter(entidad=entidad)
    return (found.filter(norma_fecha__year=anio) if anio else found).order_by("-id")


def drafts_for(user: User, codigo: str) -> QuerySet[Paquete]:
    """Packages of the entity that still take fichas."""
    return visible(user).filter(entidad__codigo=codigo, estado=Estado.BORRADOR)


def waiting_for_a_look(user: User) -> QuerySet[Paquete]:
    """Those that one person has undone and nobody else has looked at, among those `user` may see."""
    return visible(user).filter(estado=Estado.DESHECHO, mirado_at=None).order_by("-id")


def waiting_for(user: User) -> int:
    """How many packages wait for somebody's approval among those `user` may see."""
    return visible(user).filter(estado=Estado.ENVIADO).count()


def to_decide(user: User) -> QuerySet[Paquete]:
    """Those that wait for a yes or a no that `user` may say, the oldest first: not those they had a hand in."""
    theirs = Paquete.objects.filter(_has_a_hand(user)).values("pk")
    may_approve = entidades_de(user, can="publish").order_by().values("pk")
    waiting = visible(user).filter(estado=Estado.ENVIADO, entidad__in=may_approve)
    return waiting.exclude(pk__in=theirs).order_by("enviado_at", "id")


def sent_back(user: User) -> QuerySet[Paquete]:
    """Those of `user` that came back, refused or stopped: somebody must mend them."""
    theirs = Paquete.objects.filter(_has_a_hand(user)).values("pk")
    return visible(user).filter(estado__in=(Estado.RECHAZADO, Estado.DETENIDO), pk__in=theirs).order_by("-id")


def in_conflict(user: User) -> dict[Paquete, list[str]]:
    """Sent or approved packages one of whose fichas somebody has changed since, with who and when."""
    found = {}
    for package in visible(user).filter(estado__in=PROMISED).order_by("id"):
        if lines := conflicts_of(package):
            found[package] = lines
    return found


# Somebody counts on what they say: a change behind their back stops them.
PROMISED = (Estado.ENVIADO, Estado.APROBADO)


def conflicts_of(package: Paquete, codigo: str = "") -> list[str]:
    """What `stale` says of a sent package, asked only of what was written since it was sent; `codigo` for one ficha."""
    items = package.partidas.exclude(accion=Accion.IGUAL).select_related("base")
    codes = [codigo] if codigo else list(items.values_list("codigo", flat=True))
    since = package.enviado_at
    drafted = FichaPage.objects.filter(codigo__in=codes, latest_revision__created_at__gt=since)
    published = Tramite.objects.filter(codigo__in=codes).exclude(version=None)
    # A withdrawal writes no version, so that what is not public any more is asked of too.
    moved = published.filter(Q(version__at__gt=since) | ~Q(estado="publicado"))
    suspects = {*drafted.values_list("codigo", flat=True), *moved.values_list("codigo", flat=True)}
    return stale(items.filter(codigo__in=suspects)) if suspects else []


def promised_with(codigo: str) -> Paquete | None:
    """The sent or approved package that changes this ficha, if one does."""
    items = Partida.objects.filter(codigo=codigo, paquete__estado__in=PROMISED).exclude(accion=Accion.IGUAL)
    item = items.select_related("paquete__entidad").order_by(F("paquete_id")).first()
    return item.paquete if item else None


def _has_a_hand(user: User) -> Q:
    return Q(creado_por=user) | Q(enviado_por=user) | Q(manos=user)
