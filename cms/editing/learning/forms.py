"""What an editor decides of one candidate."""

from typing import Any

from django import forms

from cms.editing.learning.models import LONGEST, Intencion
from cms.tramites.labels import aspect_title
from cms.tramites.models import Tramite
from cms.tramites.schema import Aspecto

EXAMPLE, NAME, REJECT = "ejemplo", "nombre", "descartar"


def intents() -> list[tuple[str, str]]:
    """What is asked, in words; the aspects in their order, then what is no question of a ficha."""
    aspects = [(str(aspecto), aspect_title(aspecto, "es")) for aspecto in Aspecto]
    return [*aspects, *[(str(value), str(label)) for value, label in Intencion.choices]]


class DecisionForm(forms.Form):
    texto = forms.CharField(
        label="Texto del ejemplo",
        max_length=LONGEST,
        required=False,
        help_text="Tal como lo escribe la gente, sin datos de nadie. Puedes acortarlo.",
    )
    nombre = forms.CharField(
        label="Palabras que nombran el trámite",
        max_length=LONGEST,
        required=False,
        help_text="Si el texto nombra un trámite, cópialas aquí: el asistente aprende la pregunta sin ellas.",
    )
    intencion = forms.ChoiceField(label="Qué se pregunta", required=False)
    codigo = forms.ChoiceField(
        label="Ficha",
        required=False,
        help_text="Para agregar esas palabras como otro nombre de la ficha.",
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        public = Tramite.objects.public().order_by("nombre").values_list("codigo", "nombre", "entidad__sigla")
        fichas = [(codigo, f"{nombre} ({sigla})" if sigla else nombre) for codigo, nombre, sigla in public]
        self.fields["intencion"].choices = [("", "Elige"), *intents()]  # type: ignore[attr-defined]
        self.fields["codigo"].choices = [("", "Ninguna"), *fichas]  # type: ignore[attr-defined]
