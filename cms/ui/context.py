"""What every page may say of the institution."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from cms.ui.institution import ALO_MAC_PHONE
from cms.ui.language import CHOICE


def institution(request: HttpRequest) -> dict[str, str]:
    locale = get_language() or "es"
    other = other_path(request.get_full_path(), locale)
    return {
        "ALO_MAC_PHONE": ALO_MAC_PHONE,
        "LOCALE": locale,
        "OTHER_LOCALE": "es" if locale == "qu" else "qu",
        "OTHER_PATH": other,
        # The link that is touched remembers the choice; the one that machines follow does not.
        "SWITCH_PATH": f"{other}{'&' if '?' in other else '?'}{CHOICE}={other[1:3]}",
        # Programs that show a link want whole addresses.
        "ORIGIN": settings.PUBLIC_URL,
        # Beside an official name, which stays Spanish: a screen reader then says it as Spanish.
        "IN_SPANISH": mark_safe(' lang="es"') if locale == "qu" else "",
    }


def other_path(path: str, locale: str) -> str:
    """The same place (and question asked of it) in the other language."""
    other = "es" if locale == "qu" else "qu"
    return f"/{other}/{path[4:]}" if path.startswith(f"/{locale}/") else f"/{other}/"
