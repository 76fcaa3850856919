"""A browser without JavaScript: it opens pages, fills in the forms it finds there, and follows redirects."""

from xml.etree import ElementTree

from django.http import HttpResponse
from django.test import Client

from tests.integration.portal.checking import Page, checked, words

Fields = dict[str, str]


class Browser:
    def __init__(self, client: Client, locale: str) -> None:
        self.client = client
        self.locale = locale
        self.page: Page | None = None

    @property
    def shown(self) -> Page:
        assert self.page is not None, "open a page first"
        return self.page

    def open(self, path: str = "chat/") -> Page:
        return self._show(self.client.get(f"/{self.locale}/{path}"))

    def form(self, name: str) -> ElementTree.Element:
        """The form with this id, or the one that posts to this last part of the chat's address."""
        forms = self.shown.all("form", method="post")
        found = [f for f in forms if f.get("id") == name or f.get("action", "").endswith(f"/chat/{name}/")]
        assert len(found) == 1, f"{len(found)} forms {name}"
        return found[0]

    def hidden(self, form: ElementTree.Element) -> Fields:
        inputs = [e for e in form.iter("input") if e.get("type") == "hidden"]
        return {e.get("name", ""): e.get("value", "") for e in inputs}

    def send(self, name: str, **fields: str) -> HttpResponse:
        """What the server answers to the form `name` with `fields` filled in."""
        form = self.form(name)
        return self.client.post(form.get("action", ""), {**self.hidden(form), **fields})

    def write(self, text: str) -> Page:
        return self.follow(self.send("chat-form", text=text))

    def press(self, payload: str) -> Page:
        """Presses the last button of the page with this payload."""
        buttons = self.shown.all("button", name="payload", value=payload)
        assert buttons, f"no button {payload}"
        assert buttons[-1].get("form") == "chat-act"
        return self.follow(self.send("chat-act", payload=payload))

    def follow(self, response: HttpResponse) -> Page:
        assert response.status_code == 302, response.status_code
        target, _, anchor = response.headers["Location"].partition("#")
        page = self._show(self.client.get(target))
        assert page.by_id(anchor) is not None
        return page

    def lines(self, sender: str) -> list[str]:
        return [words(line) for line in self.shown.all("li", **{"class": f"line {sender}"})]

    def _show(self, response: HttpResponse) -> Page:
        assert response.status_code == 200, response.status_code
        self.page = checked(response, self.locale)
        return self.page
