"""What an administrator writes of a subscriber, and what is wrong with it."""

import ipaddress
import re
import socket
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from cms.integrations.webhooks.addresses import is_public
from cms.integrations.webhooks.operations import Wish
from cms.integrations.webhooks.registry import entity_choices
from cms.publishing.models import ChangeKind

NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}", re.IGNORECASE)


class SubscriberForm(forms.Form):
    nombre = forms.CharField(label="Nombre", max_length=120, help_text="De quién es, para reconocerlo.")
    url = forms.CharField(
        label="Dirección",
        max_length=500,
        help_text="Recibe un POST por cada cambio. Empieza con https:// y está en internet, no en la red interna.",
        widget=forms.URLInput,
    )
    tipos = forms.MultipleChoiceField(
        label="Qué cambios",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=ChangeKind.choices,
        help_text="Sin marcar ninguno: todos.",
    )
    entidades = forms.MultipleChoiceField(
        label="De qué entidades",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Sin elegir ninguna: todas. Varias: con Ctrl.",
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["entidades"].choices = entity_choices()  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if problem := _problem(url):
            raise ValidationError(problem)
        return url

    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(given["nombre"], given["url"], given["tipos"], given["entidades"])


def _problem(url: str) -> str:
    """Where a name leads is looked at when it is asked (see addresses); what is wrong by its looks, here."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "No es una dirección: escribe, por ejemplo, https://sistema.gob.pe/avisos."
    if not url.isascii() or any(mark.isspace() for mark in url) or not host:
        return "No es una dirección: escribe, por ejemplo, https://sistema.gob.pe/avisos."
    if parts.username or parts.password or parts.fragment:
        return "Escríbela sin usuario, sin clave y sin lo que va después de #: el aviso va firmado."
    if _is_inside(host):
        return "Esa dirección es de la red interna: solo se avisa a direcciones públicas."
    if parts.scheme != "https" and not (settings.WEBHOOKS_ALLOW_LOOPBACK and parts.scheme == "http"):
        return "Tiene que empezar con https://."
    return ""


def _is_inside(host: str) -> bool:
    name = host.rstrip(".")
    try:
        if NUMERIC.fullmatch(name):
            # 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to whoever connects.
            return not is_public(ipaddress.IPv4Address(socket.inet_aton(name)))
        return not is_public(ipaddress.ip_address(name.partition("%")[0]))
    except OSError:
        return True
    except ValueError:
        return "." not in name or name.endswith((".localhost", ".local", ".internal"))
