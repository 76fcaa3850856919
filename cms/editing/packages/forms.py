"""The forms of a package's head, its columns and its decisions."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.utils.text import Truncator

from cms.directory.hours import LIMA
from cms.directory.models import Entidad
from cms.editing.inputs import DateInput
from cms.editing.packages.counting import counted
from cms.editing.packages.models import Estado, Paquete
from cms.editing.packages.operations.reading import MAX_NAME
from cms.editing.sheets.answers import Others
from cms.editing.sheets.columns import COLUMNS

OTHERS = [
    (Others.ASK, "Todavía no lo digo: no se pueden enviar así"),
    (Others.STAY, "Dejar los otros como están"),
    (Others.END, "Ya no existen: se quitan, y se nombra cada uno"),
]
NOT_READ = "ignorar"
# What follows the title.
REST = ("norma", "norma_fecha", "nota", "en_vigor_dia", "en_vigor_hora", "resolucion")
# A norm of before the law of procedures, or a day further off than any TUPA says, is a slip of the keyboard.
FIRST_NORM = date(1990, 1, 1)
FURTHEST = timedelta(days=2 * 365)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ForceForm(forms.Form):
    """The moment a package takes force, as whoever prepares it or approves it says."""

    en_vigor_dia = forms.DateField(
        label="Entra en vigor el día",
        required=False,
        widget=DateInput,
        help_text="Hora de Lima.",
    )
    en_vigor_hora = forms.TimeField(
        label="A la hora", required=False, widget=TimeInput, help_text="En blanco: a las 00:00."
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        day, hour = data.get("en_vigor_dia"), data.get("en_vigor_hora")
        if hour and not day and "en_vigor_dia" not in self.errors:
            self.add_error("en_vigor_dia", "Di también el día.")
        self._believable("en_vigor_dia", day)
        data["en_vigor_at"] = (
            datetime.combine(day, hour or time(), tzinfo=LIMA)
            if day and not self.errors.get("en_vigor_dia")
            else None
        )
        return data

    def _believable(self, name: str, day: date | None) -> None:
        if day and not FIRST_NORM <= day <= datetime.now(LIMA).date() + FURTHEST:
            self.add_error(name, f"Revisa el año: {day.year} no puede ser.")


class HeadForm(ForceForm):
    """What is public of a package: title apart, citizens and the history of each ficha are told all of it."""

    titulo = forms.CharField(
        label="Título", max_length=200, help_text="Para encontrarlo: TUPA 2026 de RENIEC."
    )
    norma = forms.CharField(
        label="Norma que lo dispone",
        max_length=200,
        required=False,
        help_text="Pública. Resolución Jefatural 120-2026/JNAC/RENIEC. Se pide antes de enviarlo.",
    )
    norma_fecha = forms.DateField(label="Fecha de publicación de la norma", required=False, widget=DateInput)
    nota = forms.CharField(
        label="Qué cambia, en una frase",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pública: la lee la ciudadanía en el historial de cada ficha.",
    )
    resolucion = forms.FileField(
        label="Resolución (PDF, hasta 20 MB)",
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    field_order: Iterable[str] | None = ("titulo", *REST)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["en_vigor_dia"].help_text = "Hora de Lima. En blanco: cuando se apruebe."

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._believable("norma_fecha", data.get("norma_fecha"))
        return data

    def head(self) -> dict[str, Any]:
        """What `operations.create` and `operations.edit` take."""
        names = ("titulo", "norma", "norma_fecha", "nota", "en_vigor_at")
        return {name: self.cleaned_data[name] for name in names}

    @staticmethod
    def initial_of(package: Paquete) -> dict[str, Any]:
        at = package.en_vigor_at.astimezone(LIMA) if package.en_vigor_at else None
        return {
            "titulo": package.titulo,
            "norma": package.norma,
            "norma_fecha": package.norma_fecha,
            "nota": package.nota,
            "en_vigor_dia": at.date() if at else None,
            "en_vigor_hora": at.time() if at else None,
        }


def sheet_field(label: str, *, required: bool) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=required,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.json"}),
        help_text="XLSX, CSV o JSON, hasta 10 MB. Todavía no se publica nada: primero ves el informe.",
    )


class NewForm(HeadForm):
    """`entidades` are those the person may write for."""

    entidad = forms.ModelChoiceField(
        label="Entidad", queryset=Entidad.objects.none(), empty_label="— Elige la entidad —"
    )
    hoja = sheet_field("Hoja con las fichas", required=False)
    field_order: Iterable[str] | None = ("titulo", "entidad", "hoja", "resolucion", *REST[:-1])

    def __init__(self, *args: Any, entidades: QuerySet[Entidad], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["entidad"].queryset = entidades  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    hoja = sheet_field("Hoja con las fichas", required=True)


class ColumnsForm(forms.Form):
    """One choice per column of an entity's own sheet, beside what stands in it; `names` gives the header of each field.

    A column that is filled and left out is named once more: what it holds would be lost without anybody noticing.
    """

    def __init__(
        self,
        *args: Any,
        headers: list[str],
        suggested: dict[str, str],
        seen: dict[str, tuple[int, list[str]]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        choices = [(NOT_READ, "— No se lee —"), *((c.id, c.label) for c in COLUMNS.values())]
        self.names = {f"columna_{number}": header for number, header in enumerate(headers)}
        self.filled = {name: seen[header][0] for name, header in self.names.items() if header in seen}
        for name, header in self.names.items():
            count, samples = seen.get(header, (0, []))
            told = "; ".join(f"«{Truncator(text).chars(60)}»" for text in samples)
            self.fields[name] = forms.ChoiceField(
                label=header,
                choices=choices,
                initial=suggested.get(header) or NOT_READ,
                help_text=f"{counted(count, 'celda llena', 'celdas llenas')}: {told}"
                if count
                else "Sin datos en la hoja.",
            )
        left = [
            (name, f"«{self.names[name]}»: {counted(count, 'celda llena', 'celdas llenas')}")
            for name, count in self.filled.items()
        ]
        self.fields["sin_leer"] = forms.MultipleChoiceField(
            label="Columnas con datos que no se leen",
            choices=left,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="Marca, por su nombre, las que dejas en «No se lee» a propósito.",
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for name, header in self.names.items():
            column = data.get(name)
            if column and column != NOT_READ and taken.setdefault(column, header) != header:
                self.add_error(name, f"Ya es la columna «{taken[column]}»: dos no pueden decir lo mismo.")
            if column == NOT_READ and name in self.filled and name not in data.get("sin_leer", []):
                count = self.filled[name]
                self.add_error(
                    name,
                    f"Se dejaría sin leer {counted(count, 'celda llena', 'celdas llenas')}: di qué es, o márcala abajo como no leída.",
                )
        return data

    def columns(self) -> dict[str, str]:
        return {header: self.cleaned_data[name] for name, header in self.names.items()}


class AnswersForm(forms.Form):
    """What the sheet leaves open, asked once for the whole package; `asked` as `sheet_checks.asked` gives it."""

    def __init__(self, *args: Any, asked: list[str], given: dict[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.codes = {}
        for name, label in (("pagos", "Los pagos"), ("plazos", "Los plazos")):
            if name in asked or given.get(name):
                self.fields[name] = forms.ChoiceField(
                    label=f"{label} de una ficha que la hoja no dice",
                    choices=OTHERS,
                    required=False,
                    initial=given.get(name, ""),
                    widget=forms.RadioSelect,
                )
        for number, code in enumerate(
            ask.removeprefix("nombre:") for ask in asked if ask.startswith("nombre:")
        ):
            self.codes[f"nombre_{number}"] = code
            self.fields[f"nombre_{number}"] = forms.CharField(
                label=f"Denominación de la ficha nueva {code}", required=False, max_length=MAX_NAME
            )

    def said(self) -> dict[str, Any]:
        """What `operations.reading.answer` takes."""
        data = self.cleaned_data
        names = {code: data[name] for name, code in self.codes.items()}
        return {"pagos": data.get("pagos", ""), "plazos": data.get("plazos", ""), "nombres": names}


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Buscar",
        required=False,
        max_length=200,
        help_text="Título, norma, código o nombre de una ficha.",
        validators=[ProhibitNullCharactersValidator()],
    )
    estado = forms.ChoiceField(label="Estado", required=False, choices=[("", "Todos"), *Estado.choices])
    entidad = forms.ModelChoiceField(
        label="Entidad",
        required=False,
        queryset=Entidad.objects.none(),
        to_field_name="codigo",
        empty_label="Todas",
    )
    anio = forms.TypedChoiceField(label="Año de la norma", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, packages: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        used = packages.order_by().values("entidad")
        self.fields["entidad"].queryset = Entidad.objects.filter(pk__in=used).order_by("nombre")  # type: ignore[attr-defined]
        years = packages.order_by().exclude(norma_fecha=None).values_list("norma_fecha__year", flat=True)
        self.fields["anio"].choices = [  # type: ignore[attr-defined]
            ("", "Todos"),
            *((year, year) for year in sorted(set(years), reverse=True)),
        ]
