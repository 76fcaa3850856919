"""Counting how far fichas are, so that lists of ten thousand read a row each and parse nothing."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from itertools import islice

from django.db.models import Count
from django.utils import timezone

from cms.conversations.models import Message
from cms.editing.translation import sources
from cms.editing.translation.models import Avance
from cms.editing.translation.states import PENDING, Situacion, by_key, standing
from cms.publishing.models import Change
from cms.tramites.demand import most_asked
from cms.tramites.models import FichaPage, Palabra, Tramite
from cms.tramites.queries import TOPIC

BATCH = 400
LAST = 9999
DEMAND_DAYS = 90
COUNTED = [str(state) for state in Situacion]


def follow_change(change: Change) -> None:
    """Idempotent: counts anew what the change is about."""
    if change.topic == TOPIC:
        refresh([change.key])


def refresh(codigos: Collection[str]) -> None:
    """Makes the rows of these codes what is true now; a code that is neither public nor a draft has none."""
    public, coming = sources.public_sources(codigos), sources.coming_sources(codigos)
    homes = _entities(codigos)
    rows = _rows_by_code(codigos)
    known = [codigo for codigo in {*public, *coming} if codigo in homes]
    made = [_counted(codigo, public.get(codigo), coming.get(codigo, []), rows) for codigo in known]
    for row in made:
        row.entidad_id = homes[row.codigo]
    Avance.objects.filter(codigo__in=set(codigos) - set(known)).delete()
    Avance.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["codigo"],
        update_fields=["entidad", "nombre", "publica", "adelanto", "orden", *COUNTED],
    )


def rebuild() -> int:
    """Counts every ficha, and how often each was asked about; returns how many there are."""
    codigos = {
        *Tramite.objects.values_list("codigo", flat=True),
        *FichaPage.objects.values_list("codigo", flat=True),
        *sources.promised_codes(),
    }
    gone = Avance.objects.exclude(codigo__in=Tramite.objects.values("codigo"))
    gone = gone.exclude(codigo__in=FichaPage.objects.values("codigo"))
    gone.exclude(codigo__in=sources.promised_codes()).delete()
    refresh_all(codigos)
    _count_questions()
    return Avance.objects.count()


def refresh_all(codigos: Iterable[str]) -> None:
    """As `refresh`, of however many."""
    for some in _batches(sorted(codigos)):
        refresh(some)


def _batches(codigos: Iterable[str]) -> Iterator[list[str]]:
    left = iter(codigos)
    while some := list(islice(left, BATCH)):
        yield some


def _entities(codigos: Collection[str]) -> dict[str, int]:
    """By code; what was published says it, and where nothing was, the draft's place in the tree or the package."""
    public = dict(Tramite.objects.filter(codigo__in=codigos).values_list("codigo", "entidad_id"))
    return {**sources.entities_of_coming(codigos), **public}


def _rows_by_code(codigos: Collection[str]) -> dict[str, list[Palabra]]:
    found: dict[str, list[Palabra]] = {}
    rows = Palabra.objects.filter(codigo__in=codigos, locale="qu").order_by("at", "pk")
    for row in rows.only("codigo", "clave", "sello", "estado"):
        found.setdefault(row.codigo, []).append(row)
    return found


def _counted(
    codigo: str,
    public: sources.Words | None,
    coming: list[sources.Coming],
    rows: dict[str, list[Palabra]],
) -> Avance:
    keys = by_key(rows.get(codigo, []))
    # Of what is not public yet, the first that is to come is counted as the ficha, and the rest as ahead of it.
    words, later = (public, coming) if public is not None else (coming[0].words, coming[1:])
    states = Counter(standing(text, keys.get(key, [])).situacion for key, text in words.items())
    ahead = [(key, text) for key, text, de in sources.sentences(words, later) if de]
    rank = {code: place for place, code in enumerate(most_asked())}
    return Avance(
        codigo=codigo,
        nombre=words.get("nombre", codigo)[:300],
        publica=public is not None,
        adelanto=sum(standing(text, keys.get(key, [])).situacion in PENDING for key, text in ahead),
        orden=rank.get(codigo, LAST),
        **{str(state): states[state] for state in Situacion},
    )


def _count_questions() -> None:
    """How many answers of the last three months were about each ficha: nobody's words are read for it."""
    since = timezone.now() - timedelta(days=DEMAND_DAYS)
    asked = dict(
        Message.objects.filter(at__gte=since, answer__codigo__isnull=False)
        .order_by()
        .values_list("answer__codigo")
        .annotate(times=Count("pk"))
    )
    changed = [row for row in Avance.objects.all() if row.consultas != asked.get(row.codigo, 0)]
    for row in changed:
        row.consultas = asked.get(row.codigo, 0)
    Avance.objects.bulk_update(changed, ["consultas"], batch_size=500)
