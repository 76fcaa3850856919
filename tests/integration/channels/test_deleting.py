"""Deleting the conversation, or taking it off the computer, is answered: it was done, and what that means."""

from collections.abc import Callable

import pytest

from tests.integration.channels.browser import Browser
from tests.integration.portal.checking import words

pytestmark = pytest.mark.django_db
Open = Callable[[str], Browser]
DONE = {
    ("es", "eliminar"): "Se borró toda la conversación",
    ("es", "borrar"): "ya no se ve en este equipo",
    ("qu", "eliminar"): "pichasqañam",
    ("qu", "borrar"): "Kay equipopiqa manañam",
}


def told(page: Browser) -> str:
    return " ".join(words(found) for found in page.shown.all("p", **{"data-part": "told"}))


@pytest.mark.parametrize(("locale", "way"), DONE)
def test_it_is_told_once_that_it_was_done(browser: Open, locale: str, way: str) -> None:
    citizen = browser(locale)
    citizen.open()
    citizen.write("hola")
    citizen.client.post(f"/{locale}/chat/{way}/", citizen.hidden(citizen.form("cerrar")))
    citizen.open()
    assert DONE[locale, way] in told(citizen)
    citizen.open()
    assert told(citizen) == ""


def test_the_panel_tells_it_too(browser: Open) -> None:
    citizen = browser("es")
    citizen.open()
    citizen.write("hola")
    done = citizen.client.post(
        "/es/chat/eliminar/", citizen.hidden(citizen.form("cerrar")), headers={"X-MAC-Chat": "fragment"}
    )
    assert done.status_code == 205
    assert "Se borró toda la conversación" in citizen.client.get("/es/chat/panel/").content.decode()
