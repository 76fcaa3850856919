"""What is asked of who writes a remark: as little as the answer needs."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.conversations.client_ids import of_view
from cms.conversations.contacts import Contact, read_contact
from cms.conversations.errors import InvalidContact
from cms.conversations.models import Conversation
from cms.remarks import places
from cms.remarks.models import Kind
from cms.remarks.operations import MOST_CHARACTERS, Given
from lenguas.normalise import clean

LONGEST_NAME = 150
LONGEST_CONTACT = 254


class RemarkForm(forms.Form):
    """One kind each. A reclamo is answered to somebody: who they are and where to find them is needed then."""

    text = forms.CharField(
        max_length=MOST_CHARACTERS,
        error_messages={
            "required": _("Escribe qué pasó, o qué quieres decirnos."),
            "max_length": _("El texto es demasiado largo: escribe como máximo %(limit_value)d caracteres."),
        },
    )
    about = forms.CharField(max_length=100, required=False)
    name = forms.CharField(
        max_length=LONGEST_NAME,
        required=False,
        error_messages={
            "required": _("Escribe tu nombre: un reclamo se responde a una persona."),
            "max_length": _("El nombre es demasiado largo."),
        },
    )
    contact = forms.CharField(
        max_length=LONGEST_CONTACT,
        required=False,
        error_messages={
            "required": _("Escribe tu teléfono o tu correo: sin uno de los dos no podemos responderte."),
            "max_length": _("Escribe un número de teléfono (987 654 321) o un correo."),
        },
    )

    def __init__(
        self, kind: str, data: QueryDict | None = None, initial: dict[str, str] | None = None
    ) -> None:
        # Cleaned first: nothing a keyboard does not write is ever told of.
        given = {name: clean(str(value)) for name, value in data.items()} if data is not None else None
        super().__init__(given, initial=initial)
        self.kind = Kind(kind)
        needed = self.kind is Kind.RECLAMO
        for name in ("name", "contact"):
            self.fields[name].required = needed

    def clean_about(self) -> str:
        return places.known(str(self.cleaned_data["about"]))

    def clean_contact(self) -> Contact | None:
        text = self.cleaned_data["contact"]
        if not text:
            return None
        try:
            return read_contact(text)
        except InvalidContact as error:
            raise forms.ValidationError(
                _("Escribe un número de teléfono (987 654 321) o un correo.")
            ) from error

    def given(self, locale: str, view: str, conversation: Conversation | None = None) -> Given:
        """What a valid form says; `view` names the page it was written on."""
        said: dict[str, Any] = self.cleaned_data
        # Who goes back and mends one field sends another one.
        whole = "\n".join((self.kind, *(str(value) for value in said.values())))
        return Given(
            kind=self.kind,
            locale=locale,
            text=said["text"],
            about=said["about"],
            name=said["name"],
            contact=said["contact"],
            conversation=conversation,
            client_id=of_view(view, whole),
        )
