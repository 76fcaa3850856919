"""The form of a notice: regions to tick, and the blanks of a template to fill in."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from cms.directory.regions import REGIONS
from cms.notices.models import Aviso


class AvisoForm(WagtailAdminModelForm):
    regiones = forms.MultipleChoiceField(
        choices=[(name, name) for name in REGIONS], required=False, widget=forms.CheckboxSelectMultiple
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
