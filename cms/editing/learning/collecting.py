"""Looking through conversations for what was not understood, and forgetting what may not be kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Max
from django.utils import timezone

from cms.conversations.models import Conversation, Message
from cms.editing.learning.covering import digest_of
from cms.editing.learning.models import Candidato, Recogida, Vez
from cms.editing.learning.reading import Seen, not_understood

FIRST_DAYS = 30  # how far back the first look goes
# A look begins a little before the last one ended: a transaction may have been under way.
OVERLAP = timedelta(minutes=10)
MOST_LINES = 400  # of one conversation
MOST_CANDIDATES = 2000  # whoever floods the chat with nonsense pushes out only what was written as seldom
AT_ONCE = 200


def collect(*, now: datetime | None = None) -> int:
    """Looks through all conversations that went on since the last look; returns how many. Safe to repeat."""
    now = now or timezone.now()
    marker = Recogida.objects.filter(pk=1).first()
    since = marker.hasta - OVERLAP if marker else now - timedelta(days=FIRST_DAYS)
    moved = Conversation.objects.filter(last_activity_at__gte=since, last_activity_at__lte=now)
    found = list(moved.order_by().values_list("pk", "rating"))
    for pk, rating in found:
        _look_through(pk, rating)
    forget(now=now)
    Recogida.objects.update_or_create(pk=1, defaults={"hasta": now})
    return len(found)


def _look_through(pk: UUID, rating: int | None) -> None:
    lines = list(Message.objects.filter(conversation_id=pk).order_by("seq")[:MOST_LINES])
    seen = list(not_understood(lines, rating))
    if not seen and not Vez.objects.filter(conversation_id=pk).exists():
        return
    try:
        with transaction.atomic():
            Vez.objects.filter(conversation_id=pk).delete()
            _note(pk, seen)
    except IntegrityError:
        # The conversation was erased meanwhile, or another process looks through it: that one's rows stand.
        return


def _note(pk: UUID, seen: Iterable[Seen]) -> None:
    rows: dict[int, Vez] = {}
    for one in seen:
        candidate, _fresh = Candidato.objects.get_or_create(
            idioma=one.idioma, huella=digest_of(one.texto), defaults={"texto": one.texto}
        )
        if candidate.estado == Candidato.Estado.PENDIENTE:
            after = one.despues
            rows[candidate.pk] = Vez(
                candidato=candidate, conversation_id=pk, motivo=one.motivo, at=one.at,
                codigo=after.codigo, aspecto=after.aspecto, elegido=after.elegido,
            )  # fmt: skip
    Vez.objects.bulk_create(rows.values())


def forget(*, now: datetime | None = None) -> int:
    """Deletes the words of conversations that are gone, what is over its time, and what is too much."""
    now = now or timezone.now()
    pending = Candidato.objects.filter(estado=Candidato.Estado.PENDIENTE)
    gone = pending.filter(vistas=None).delete()[0]
    over = now - timedelta(days=settings.RETENTION_DAYS)
    gone += Candidato.objects.filter(decidido_at__lt=over).delete()[0]
    ranked = pending.annotate(veces=Count("vistas"), ultima=Max("vistas__at")).order_by(
        "-veces", "-ultima", "-pk"
    )
    while more := list(ranked.values_list("pk", flat=True)[MOST_CANDIDATES : MOST_CANDIDATES + AT_ONCE]):
        gone += Candidato.objects.filter(pk__in=more).delete()[0]
    return gone
