"""The notices in force, where a page wants them."""

from hashlib import sha256

from django import template
from django.utils.translation import get_language

from cms.notices import queries
from cms.notices.queries import Touched

register = template.Library()


@register.inclusion_tag("notices/on_page.html")
def notices_on_page(touched: Touched | None) -> dict[str, object]:
    """Those that concern what the page is about; on a page about nothing in particular, all in force."""
    locale = get_language() or "es"
    return {"told": queries.told(queries.concerning(touched or None), locale), "LOCALE": locale}


@register.inclusion_tag("notices/folded.html")
def notices_folded() -> dict[str, object]:
    """All in force, each under its title, where what the page is for must stay in sight."""
    locale = get_language() or "es"
    return {"told": queries.told(queries.in_force(), locale), "LOCALE": locale}


@register.inclusion_tag("notices/at_desk.html")
def notices_at_desk(shown: str | None = None) -> dict[str, object]:
    """All in force, in Spanish, with their source: what an agent must know before answering.

    For a page that says what it has `shown`: only where that changed, to be put in its place.
    """
    told = queries.told(queries.in_force(), "es")
    said = [
        (
            one.titulo,
            one.texto,
            one.para,
            one.severidad,
            one.aviso.hasta,
            one.aviso.fuente,
            one.aviso.fuente_fecha,
        )
        for one in told
    ]
    state = sha256(repr(said).encode()).hexdigest()[:16]
    return {"told": told, "state": state, "swapped": shown is not None, "same": shown == state}
