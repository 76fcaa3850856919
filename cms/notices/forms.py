"""The form of a notice: regions to tick, the blanks of a template to fill in, and what only a form can refuse."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from cms.directory.regions import REGIONS
from cms.notices.models import Aviso, Tipo

TRANSLATED = {"titulo": "titulo_qu", "texto": "texto_qu"}
NO_PLACE = (
    "Elige al menos una sede: se llama cerrada solo a la que se nombra aquí. "
    "Si cierran todas las de una región, elígelas una por una."
)
OLDER_QUECHUA = (
    "Cambiaste el castellano y el quechua quedó igual. Cambia también el quechua; si todavía dice lo mismo, "
    "marca «El quechua sigue valiendo»."
)


class AvisoForm(WagtailAdminModelForm):
    regiones = forms.MultipleChoiceField(
        choices=[(name, name) for name in REGIONS], required=False, widget=forms.CheckboxSelectMultiple
    )
    quechua_vale = forms.BooleanField(
        label="El quechua sigue valiendo",
        required=False,
        help_text="Márcalo solo si cambiaste el castellano y el quechua, leído de nuevo, todavía dice lo mismo.",
    )

    class Meta:
        model = Aviso
        fields = (
            "tipo",
            "severidad",
            "titulo",
            "texto",
            "titulo_qu",
            "texto_qu",
            "desde",
            "hasta",
            "cierra_desde",
            "cierra_hasta",
            "regiones",
            "entidades",
            "sedes",
            "tramites",
            "fuente",
            "fuente_fecha",
            "fuente_url",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "tramites" in self.fields:
            self.fields["tramites"].queryset = self.fields["tramites"].queryset.public()

    def clean(self) -> dict[str, Any]:
        """Refuses a closure of no place, and Quechua that is older than its Spanish."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._end_the_closure_too(cleaned)
        # What is missing because it was refused already is not refused twice.
        if cleaned.get("tipo") == Tipo.CENTRO_CERRADO and "sedes" in cleaned and not cleaned["sedes"]:
            self.add_error("sedes", NO_PLACE)
        if self.instance.pk and not cleaned.get("quechua_vale"):
            for spanish, quechua in TRANSLATED.items():
                if spanish in self.changed_data and quechua not in self.changed_data and cleaned.get(quechua):
                    self.add_error(quechua, OLDER_QUECHUA)
        return cleaned

    def _end_the_closure_too(self, cleaned: dict[str, Any]) -> None:
        """Who ends a notice by an earlier `hasta` ends what it closes: nothing is closed that no notice says is."""
        ends = cleaned.get("hasta")
        if ends is None or ends > timezone.now() or "hasta" not in self.changed_data:
            return
        for name in ("cierra_desde", "cierra_hasta"):
            if cleaned.get(name) and cleaned[name] >= ends:
                cleaned[name] = None
