"""Making the rows of fichas anew from what is true: at each publication, and for all of them every night."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.db.models.fields.json import KT
from django.utils import timezone

from cms.conversations.models import Message, Sender
from cms.conversations.phrases import say
from cms.directory.hours import LIMA
from cms.editing.health.judging import Trouble, addresses, troubles
from cms.editing.health.models import Clase, Consulta, Enlace, Hallazgo, Uso
from cms.publishing.models import Change
from cms.tramites.models import FichaPage, Tramite
from cms.tramites.queries import TOPIC, ficha_of, public_tramites
from cms.tramites.schema import Aspecto, Ficha

ASKED_DAYS = 90
# So many at a time: the worker has a publication to follow in between.
BATCH = 200
# Under this code stand the questions that led to no ficha at all.
NO_FICHA = ""


def follow_change(change: Change) -> None:
    """Idempotent: measures anew what the change is about."""
    if change.topic == TOPIC:
        refresh([change.key])


def refresh(codigos: Collection[str]) -> None:
    """Makes the rows of these fichas what is true now; what is not public (any more) has none."""
    public = {row.codigo: row for row in public_tramites().filter(codigo__in=codigos)}
    fichas = {codigo: ficha_of(row.version) for codigo, row in public.items() if row.version}
    months = settings.REVIEW_MONTHS
    told = {codigo: list(troubles(ficha, today=today(), months=months)) for codigo, ficha in fichas.items()}
    with transaction.atomic():
        _note_addresses(codigos, fichas)
        for others in (_asked(codigos), _dead(codigos), _accepted(codigos)):
            for codigo, found in others.items():
                told.get(codigo, []).extend(found)
        Hallazgo.objects.filter(codigo__in=codigos).delete()
        Hallazgo.objects.bulk_create(
            [_row(public[codigo], trouble) for codigo, found in told.items() for trouble in found],
            batch_size=500,
        )


def today() -> date:
    return datetime.now(LIMA).date()


def _row(tramite: Tramite, trouble: Trouble) -> Hallazgo:
    return Hallazgo(
        codigo=tramite.codigo,
        nombre=tramite.nombre,
        entidad_id=tramite.entidad_id,
        clase=trouble.clase,
        cuantos=trouble.cuantos,
        aspectos=[str(aspecto) for aspecto in trouble.aspectos],
        detalle=trouble.detalle[:300],
        desde=trouble.desde,
    )


def _note_addresses(codigos: Collection[str], fichas: dict[str, Ficha]) -> None:
    """Which address is used where; one that nobody uses any more is forgotten when all are measured."""
    wanted = {codigo: list(addresses(ficha)) for codigo, ficha in fichas.items()}
    urls = {url for found in wanted.values() for url, _aspecto in found}
    known = set(Enlace.objects.filter(url__in=urls).values_list("url", flat=True))
    Enlace.objects.bulk_create(
        [Enlace(url=url, host=(urlsplit(url).hostname or "")[:255]) for url in sorted(urls - known)],
        ignore_conflicts=True,
    )
    ids = dict(Enlace.objects.filter(url__in=urls).values_list("url", "pk"))
    Uso.objects.filter(codigo__in=codigos).delete()
    Uso.objects.bulk_create(
        Uso(enlace_id=ids[url], codigo=codigo, aspecto=aspecto)
        for codigo, found in wanted.items()
        for url, aspecto in found
    )


def _accepted(codigos: Collection[str]) -> dict[str, list[Trouble]]:
    """Warnings somebody accepted: they stand until the fact behind them is mended."""
    pages = FichaPage.objects.filter(codigo__in=codigos, live=True).exclude(avisos_aceptados=[])
    return {
        codigo: [Trouble(Clase.AVISO, (), len(entries), str(entries[0].get("mensaje", "")))]
        for codigo, entries in pages.values_list("codigo", "avisos_aceptados")
        if entries
    }


def _asked(codigos: Collection[str]) -> dict[str, list[Trouble]]:
    found: dict[str, list[Consulta]] = {}
    for row in Consulta.objects.filter(codigo__in=codigos).order_by("-veces"):
        found.setdefault(row.codigo, []).append(row)
    return {codigo: [_unanswered(rows)] for codigo, rows in found.items()}


def _unanswered(rows: list[Consulta]) -> Trouble:
    aspects = tuple(Aspecto(row.aspecto) for row in rows if row.aspecto in set(Aspecto))
    detail = ", ".join(f"{row.aspecto.replace('_', ' ')}: {row.veces}" for row in rows)
    return Trouble(
        Clase.SIN_RESPUESTA, aspects, sum(row.veces for row in rows), f"{detail}. En {ASKED_DAYS} días."
    )


def _dead(codigos: Collection[str]) -> dict[str, list[Trouble]]:
    found: dict[str, list[Uso]] = {}
    uses = Uso.objects.filter(codigo__in=codigos, enlace__estado=Enlace.Estado.NO_ABRE)
    for use in uses.select_related("enlace").order_by("enlace__url"):
        found.setdefault(use.codigo, []).append(use)
    return {codigo: [_broken(rows)] for codigo, rows in found.items()}


def _broken(uses: list[Uso]) -> Trouble:
    named = {use.aspecto for use in uses}
    urls = list(dict.fromkeys(use.enlace.url for use in uses))
    return Trouble(Clase.ENLACE, tuple(a for a in Aspecto if a in named), len(urls), " ".join(urls))


def rebuild_some(after: str = "") -> str:
    """Measures the next fichas in the order of their codes; returns the last of them, empty when all are done."""
    codes = list(
        Tramite.objects.filter(codigo__gt=after).order_by("codigo").values_list("codigo", flat=True)[:BATCH]
    )
    refresh(codes)
    if len(codes) < BATCH:
        _forget()
        return ""
    return codes[-1]


def _forget() -> None:
    Hallazgo.objects.exclude(codigo__in=Tramite.objects.values("codigo")).delete()
    Enlace.objects.filter(usos=None).delete()


def count_questions() -> int:
    """Counts the answers of the last months that said a fact is not known; no citizen's message is read."""
    since = timezone.now() - timedelta(days=ASKED_DAYS)
    # An empty order_by: the order of messages would split the groups.
    counted = (
        Message.objects.filter(sender=Sender.ASSISTANT, at__gte=since, answer__confianza="sin_dato")
        .annotate(codigo=KT("answer__codigo"), aspecto=KT("answer__aspecto"))
        .order_by()
        .values_list("codigo", "aspecto")
        .annotate(veces=Count("pk"))
    )
    rows = [
        Consulta(codigo=codigo, aspecto=aspecto, veces=times)
        for codigo, aspecto, times in counted
        if codigo and aspecto in set(Aspecto)
    ]
    rows.append(Consulta(codigo=NO_FICHA, aspecto="", veces=_led_nowhere(since)))
    with transaction.atomic():
        Consulta.objects.all().delete()
        Consulta.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _led_nowhere(since: datetime) -> int:
    """How often the assistant knew no such ficha, or did not understand: its own sentences are looked for."""
    said = Q(pk__in=())
    for key in ("not_found", "not_understood"):
        for locale in ("es", "qu"):
            said |= Q(text__startswith=say(key, locale))
    return Message.objects.filter(said, sender=Sender.ASSISTANT, at__gte=since, answer__isnull=True).count()


def totals(entidades: Collection[int] | None) -> Iterator[tuple[Clase, int, int]]:
    """(kind, fichas, single troubles) of these entities, or of all; kinds nobody is in are told with zeros."""
    rows = Hallazgo.objects.all() if entidades is None else Hallazgo.objects.filter(entidad__in=entidades)
    counted = {
        clase: (fichas, single)
        for clase, fichas, single in rows.order_by()
        .values_list("clase")
        .annotate(fichas=Count("pk"), single=Sum("cuantos"))
    }
    for clase in Clase:
        fichas, single = counted.get(clase, (0, 0))
        yield clase, fichas, single
