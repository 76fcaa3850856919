"""What citizens searched for on the pages and nothing was found: covered, counted, and tied to nobody.

Neither an address, nor a cookie, nor an hour is kept: a text, its language, how often, and the last day.
"""

import logging
import re
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet

from cms.editing.health.measuring import ASKED_DAYS, today
from cms.editing.health.models import Busqueda
from cms.editing.learning.covering import COVER, covered, digest_of, words_of
from cms.editing.learning.models import LONGEST
from cms.search.queries import search

logger = logging.getLogger(__name__)

LEAST_LETTERS = 3
MOST = 2000  # whoever floods the search with nonsense pushes out only what was searched for as seldom
AT_ONCE = 200
# What one person alone wrote may tell who that is: it is counted and not shown.
LEAST_TIMES_SHOWN = 2
SHOWN = 50
_COVERED = re.compile(r"\*+(?:@\*+)?")


def note_search(q: str, locale: str) -> None:
    """Counts a search that found nothing. What goes wrong here is no trouble of who searches."""
    text = _COVERED.sub(COVER, covered(q))[:LONGEST]
    if len(words_of(text).replace(" ", "")) < LEAST_LETTERS:
        return
    try:
        with transaction.atomic():
            _count(text, locale)
    except DatabaseError:
        logger.warning("A search without a result was not counted.", extra={"event": "search_not_counted"})


def _count(text: str, locale: str) -> None:
    digest = digest_of(text)
    found = Busqueda.objects.filter(idioma=locale, huella=digest)
    if found.update(veces=F("veces") + 1, ultima=today()):
        return
    if Busqueda.objects.count() >= MOST:
        seldom = Busqueda.objects.order_by("veces", "ultima", "pk").values_list("pk", flat=True)[:AT_ONCE]
        Busqueda.objects.filter(pk__in=list(seldom)).delete()
    row, fresh = Busqueda.objects.get_or_create(
        idioma=locale, huella=digest, defaults={"texto": text, "ultima": today()}
    )
    if not fresh:
        Busqueda.objects.filter(pk=row.pk).update(veces=F("veces") + 1)


def forget_searches() -> None:
    """Takes out what is over its time, and what finds a ficha by now."""
    Busqueda.objects.filter(ultima__lt=today() - timedelta(days=ASKED_DAYS)).delete()
    answered = [
        row.pk
        for row in Busqueda.objects.iterator()
        if search(row.texto.replace(COVER, " "), row.idioma, limit=1).results
    ]
    Busqueda.objects.filter(pk__in=answered).delete()


def shown_searches() -> QuerySet[Busqueda]:
    """What several searches asked for, the most frequent first."""
    return Busqueda.objects.filter(veces__gte=LEAST_TIMES_SHOWN).order_by("-veces", "-ultima", "pk")
