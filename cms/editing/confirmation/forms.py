"""What a contact may answer about each kind of fact: typed, bounded, and refused in words that say what to do."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from cms.editing.confirmation.facts import Entrada, Hecho
from cms.editing.confirmation.models import Veredicto
from cms.editing.sheets.amounts import NotAnAmountError, amount
from cms.editing.sheets.cells import Cell
from cms.tramites.schema import Calificacion, Ficha, Unidad, placeholders

MOST_LINES = 60
LONGEST_LINE = 1000
LONGEST_TEXT = 4000
UNITS = [
    ("", "Elige"),
    (Unidad.MINUTOS, "minutos"),
    (Unidad.HORAS, "horas"),
    (Unidad.DIAS_HABILES, "días hábiles"),
    (Unidad.DIAS_CALENDARIO, "días calendario"),
    (Unidad.MESES, "meses"),
    (Unidad.ANIOS, "años"),
]
APPROVALS = [
    ("", "Elige"),
    (Calificacion.AUTOMATICA, "Aprobación automática"),
    (Calificacion.SILENCIO_POSITIVO, "Evaluación previa con silencio positivo"),
    (Calificacion.SILENCIO_NEGATIVO, "Evaluación previa con silencio negativo"),
    (Calificacion.NO_APLICA, "Es un servicio: no lleva calificación"),
]


def clean_text(text: str) -> str:
    """`text` without what one cannot see; its lines stay. Raises ValidationError for what a ficha cannot hold."""
    kept = (
        c
        for c in text.replace("\r\n", "\n")
        if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    clean = "\n".join(" ".join(line.split()) for line in "".join(kept).split("\n")).strip()
    if "{" in clean or "}" in clean:
        raise ValidationError("No uses llaves { }: escribe la frase completa.")
    return clean


class CleanCharField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class AnswerForm(forms.Form):
    """The answer to one fact: a verdict and, for a correction, what is right and who says so."""

    veredicto = forms.ChoiceField(required=False, choices=Veredicto.choices)
    sello = forms.CharField(required=False, max_length=16)
    fuente = CleanCharField(label="Norma o documento que lo dice", required=False, max_length=300)
    fuente_url = forms.URLField(
        label="o su dirección en internet", required=False, max_length=500, assume_scheme="https"
    )
    comentario = CleanCharField(label="Comentario (si quieres)", required=False, max_length=1000)
    VALUES: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, fact: Hecho, ficha: Ficha, data: MultiValueDict[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(data, prefix=fact.id, **more)
        self.fact, self.ficha = fact, ficha
        self.prepare()
        for name in (*self.VALUES, "fuente", "fuente_url", "comentario"):
            if name in self.fields:
                self.fields[name].widget.attrs.setdefault("autocomplete", "off")

    def prepare(self) -> None:
        """Adds or fills in fields from the fact."""

    @property
    def value_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.VALUES if name in self.fields]

    def fields_of(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields hold for a correction given before."""
        return dict(value)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("veredicto") == Veredicto.CORRECTO and self.fact.vacio:
            raise ValidationError("Aquí no hay un dato que confirmar: complétalo, o marca «No lo sé».")
        if data.get("veredicto") != Veredicto.CORREGIR:
            # What stands in the fields of a correction that is not one is nobody's answer.
            for name in list(self.errors):
                if name not in ("veredicto", "comentario"):
                    del self.errors[name]
            return data
        self.clean_correction(data)
        if not self.errors and not (data.get("fuente") or data.get("fuente_url")):
            self.add_error("fuente", "Di qué norma o documento lo dice, o pon su dirección en internet.")
        return data

    def clean_correction(self, data: dict[str, Any]) -> None:
        """Adds errors for a correction that does not hold; the right value is told by `value`."""

    def value(self) -> dict[str, Any] | None:
        """The correction, as JSON; None where there is none."""
        if self.cleaned_data.get("veredicto") != Veredicto.CORREGIR:
            return None
        return {name: _as_json(self.cleaned_data.get(name)) for name in self.VALUES}


def _as_json(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool | list) else str(value)


class TextForm(AnswerForm):
    texto = CleanCharField(
        label="Cómo debe decir",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    VALUES = ("texto",)

    def prepare(self) -> None:
        self.fields["texto"].initial = self.fact.texto
        if self.fact.id.startswith("duda."):
            self.fields["texto"].help_text = "Deja el cuadro vacío si el aviso ya no hace falta."

    def clean_correction(self, data: dict[str, Any]) -> None:
        text = data.get("texto", "")
        if not text and not self.fact.id.startswith("duda."):
            self.add_error("texto", "Escribe cómo debe decir.")
        elif text == self.fact.texto:
            self.add_error("texto", "Está igual que antes: cámbialo, o marca «Es correcto».")


class LinesForm(AnswerForm):
    """A list, line by line: each may be changed or emptied, and new ones added."""

    nuevas = CleanCharField(
        label="Lo que falta, una cosa por línea",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def prepare(self) -> None:
        for number, line in enumerate(self.fact.lineas):
            self.fields[f"linea_{number}"] = CleanCharField(
                label=f"Línea {number + 1}", required=False, max_length=LONGEST_LINE, initial=line,
                widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
            )  # fmt: skip
        if self.fact.id == "canales.lista":
            del self.fields["nuevas"]

    @property
    def value_fields(self) -> list[forms.BoundField]:
        names = [name for name in self.fields if name.startswith("linea_")]
        return [self[name] for name in [*names, "nuevas"] if name in self.fields]

    def clean_correction(self, data: dict[str, Any]) -> None:
        for name, text in data.items():
            if name.startswith("linea_") and "\n" in str(text):
                self.add_error(name, "Escribe esta línea sin saltos; lo que falte va abajo.")
        lines, added = self._lines(data), self._added(data)
        if lines == [_flat(line) for line in self.fact.lineas] and not added:
            self.add_error(None, "Está igual que antes: cambia una línea o agrega lo que falta.")
        if len(lines) + len(added) > MOST_LINES:
            self.add_error(None, f"Son demasiadas líneas: caben {MOST_LINES}.")
        if self.fact.id == "base_legal.lista" and any(len(line) > 200 for line in added + lines):
            self.add_error(None, "Cada norma en una línea de hasta 200 letras.")

    def _lines(self, data: dict[str, Any]) -> list[str]:
        return [_flat(data.get(f"linea_{number}") or "") for number in range(len(self.fact.lineas))]

    def _added(self, data: dict[str, Any]) -> list[str]:
        text = re.sub(r"^\s*(?:[-•*·]|\d{1,2}[.)])\s+", "", data.get("nuevas") or "", flags=re.MULTILINE)
        return [line.strip() for line in text.split("\n") if line.strip()]

    def value(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("veredicto") != Veredicto.CORREGIR:
            return None
        return {"lineas": self._lines(self.cleaned_data), "nuevas": self._added(self.cleaned_data)}

    def fields_of(self, value: Mapping[str, Any]) -> dict[str, Any]:
        lines = {f"linea_{number}": line for number, line in enumerate(value.get("lineas", []))}
        return lines | {"nuevas": "\n".join(value.get("nuevas", []))}


def _flat(text: str) -> str:
    return " ".join(text.split())


class AmountField(forms.Field):
    """An amount as the sheets read it: 52,90 and S/ 52.90 are one; what can be read in two ways is asked."""

    def to_python(self, value: Any) -> Any:
        text = clean_text(str(value or ""))
        if not text:
            return None
        try:
            return amount(Cell(text=text))
        except NotAnAmountError as error:
            said = str(error)
            raise ValidationError(f"{said[:1].upper()}{said[1:]}.") from error


class FeeForm(AnswerForm):
    gratuito = forms.BooleanField(label="Es gratuito", required=False)
    monto = AmountField(
        label="Monto en soles",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="Por ejemplo 33.50",
    )
    codigo_pago = CleanCharField(label="Código de pago (si tiene)", required=False, max_length=20)
    concepto = CleanCharField(label="De qué es este pago", required=False, max_length=200)
    VALUES = ("gratuito", "monto", "codigo_pago", "concepto")

    def prepare(self) -> None:
        row = _row(self.ficha, self.fact.id)
        if row is not None:
            self.initial = {"gratuito": row.gratuito, "monto": row.monto, "codigo_pago": row.codigo_pago}
        if "monto" in placeholders(self.ficha.es.get(self.fact.id, "")):
            del self.fields["concepto"]  # the sentence says it, and leaves room for the figure

    def clean_correction(self, data: dict[str, Any]) -> None:
        free, fee = data.get("gratuito"), data.get("monto")
        if "monto" in self.errors:
            return
        if free and fee:
            self.add_error("monto", "Es gratuito o tiene un monto: una sola de las dos cosas.")
        elif not free and not fee:
            self.add_error("monto", "Escribe el monto, o marca que es gratuito.")
        row = _row(self.ficha, self.fact.id)
        said = (row.gratuito, row.monto, row.codigo_pago) if row else None
        if said == (bool(free), fee, data.get("codigo_pago")) and not data.get("concepto"):
            self.add_error("monto", "Está igual que antes: cámbialo, o marca «Es correcto».")


class TermForm(AnswerForm):
    en_el_dia = forms.BooleanField(label="El mismo día", required=False)
    valor = forms.IntegerField(label="Plazo", required=False, min_value=1, max_value=10_000)
    valor_max = forms.IntegerField(
        label="hasta (si es de un número a otro)", required=False, min_value=1, max_value=10_000
    )
    unidad = forms.ChoiceField(label="Se cuenta en", required=False, choices=UNITS)
    VALUES = ("en_el_dia", "valor", "valor_max", "unidad")

    def prepare(self) -> None:
        row = _row(self.ficha, self.fact.id)
        if row is not None:
            self.initial = {name: getattr(row, name) for name in self.VALUES}

    def clean_correction(self, data: dict[str, Any]) -> None:
        if self.errors:
            return
        at_once, value, most = data.get("en_el_dia"), data.get("valor"), data.get("valor_max")
        if at_once and value:
            self.add_error("valor", "Es el mismo día o un plazo con número: una sola de las dos cosas.")
        elif not at_once and not (value and data.get("unidad")):
            self.add_error("valor", "Escribe el número y en qué se cuenta, o marca que es el mismo día.")
        elif most and value and most <= value:
            self.add_error("valor_max", "El segundo número es mayor que el primero, o va vacío.")
        row = _row(self.ficha, self.fact.id)
        if row and all(getattr(row, name) == (data.get(name) or type_empty(name)) for name in self.VALUES):
            self.add_error("valor", "Está igual que antes: cámbialo, o marca «Es correcto».")


def type_empty(name: str) -> bool | None:
    """What a term's row holds where nothing is given."""
    return False if name == "en_el_dia" else None


class AppointmentForm(AnswerForm):
    requerida = forms.ChoiceField(
        label="¿Hace falta cita?", required=False, choices=[("", "Elige"), ("si", "Sí"), ("no", "No")]
    )
    url = forms.URLField(
        label="Dirección para sacarla", required=False, max_length=500, assume_scheme="https"
    )
    telefono = CleanCharField(label="Teléfono para sacarla", required=False, max_length=40)
    VALUES = ("requerida", "url", "telefono")

    def prepare(self) -> None:
        cita = self.ficha.hechos.cita
        needed = {True: "si", False: "no", None: ""}[cita.requerida]
        self.initial = {"requerida": needed, "url": cita.url, "telefono": cita.telefono}

    def clean_correction(self, data: dict[str, Any]) -> None:
        if not data.get("requerida"):
            self.add_error("requerida", "Di si hace falta cita.")
        elif {name: data.get(name) or "" for name in self.VALUES} == self.initial:
            self.add_error("requerida", "Está igual que antes: cámbialo, o marca «Es correcto».")


class ValidityForm(AnswerForm):
    indefinida = forms.BooleanField(label="No vence", required=False)
    valor = forms.IntegerField(label="Vale", required=False, min_value=1, max_value=1000)
    unidad = forms.ChoiceField(label="Se cuenta en", required=False, choices=UNITS)
    VALUES = ("indefinida", "valor", "unidad")

    def prepare(self) -> None:
        if self.ficha.hechos.vigencia:
            self.initial = {name: getattr(self.ficha.hechos.vigencia, name) for name in self.VALUES}

    def clean_correction(self, data: dict[str, Any]) -> None:
        if self.errors:
            return
        for_ever, value = data.get("indefinida"), data.get("valor")
        if for_ever and value:
            self.add_error("valor", "No vence o vale un tiempo: una sola de las dos cosas.")
        elif not for_ever and not (value and data.get("unidad")):
            self.add_error("valor", "Escribe el número y en qué se cuenta, o marca que no vence.")
        elif self.initial == {
            "indefinida": bool(for_ever),
            "valor": value,
            "unidad": data.get("unidad") or None,
        }:
            self.add_error("valor", "Está igual que antes: cámbialo, o marca «Es correcto».")


class ApprovalForm(AnswerForm):
    calificacion = forms.ChoiceField(label="Cómo se aprueba", required=False, choices=APPROVALS)
    VALUES = ("calificacion",)

    def prepare(self) -> None:
        self.initial = {"calificacion": self.ficha.hechos.calificacion}

    def clean_correction(self, data: dict[str, Any]) -> None:
        if not data.get("calificacion"):
            self.add_error("calificacion", "Elige cómo se aprueba.")
        elif data["calificacion"] == self.ficha.hechos.calificacion:
            self.add_error("calificacion", "Está igual que antes: cámbialo, o marca «Es correcto».")


class AppealForm(AnswerForm):
    tipo = forms.ChoiceField(
        label="Recurso",
        required=False,
        choices=[("reconsideracion", "Reconsideración"), ("apelacion", "Apelación")],
    )
    autoridad = CleanCharField(label="Autoridad que resuelve", required=False, max_length=300)
    presentar_dias = forms.IntegerField(
        label="Días hábiles para presentarlo", required=False, min_value=1, max_value=365
    )
    resolver_dias = forms.IntegerField(
        label="Días hábiles para resolverlo", required=False, min_value=1, max_value=365
    )
    VALUES = ("tipo", "autoridad", "presentar_dias", "resolver_dias")

    def prepare(self) -> None:
        row = self._row()
        if row is not None:
            self.initial = {name: getattr(row, name) for name in self.VALUES}

    def _row(self) -> Any:
        number = self.fact.id.partition(".")[2]
        return self.ficha.hechos.recursos[int(number)] if number.isdigit() else None

    def clean_correction(self, data: dict[str, Any]) -> None:
        if self.errors:
            return
        if not any(data.get(name) for name in ("autoridad", "presentar_dias", "resolver_dias")):
            self.add_error("autoridad", "Di quién resuelve o los días que hay.")
        elif self._row() is not None and all(data.get(name) == self.initial[name] for name in self.VALUES):
            self.add_error("autoridad", "Está igual que antes: cámbialo, o marca «Es correcto».")


def _row(ficha: Ficha, ident: str) -> Any:
    """The fee or term a fact is of; None where it would be a new one."""
    rows, _dot, key = ident.partition(".")
    return next((row for row in getattr(ficha.hechos, rows) if row.clave == key), None)


FORMS: dict[Entrada, type[AnswerForm]] = {
    Entrada.TEXTO: TextForm,
    Entrada.LINEAS: LinesForm,
    Entrada.COSTO: FeeForm,
    Entrada.PLAZO: TermForm,
    Entrada.CITA: AppointmentForm,
    Entrada.VIGENCIA: ValidityForm,
    Entrada.CALIFICACION: ApprovalForm,
    Entrada.RECURSO: AppealForm,
}


def form_of(
    fact: Hecho, ficha: Ficha, data: MultiValueDict[str, str] | None = None, **more: Any
) -> AnswerForm:
    return FORMS[fact.entrada](fact, ficha, data, **more)


class SenderForm(forms.Form):
    """Who answers for the entity; kept with the answers, and of it only the charge is ever shown."""

    nombre = CleanCharField(label="Tu nombre y apellido", max_length=120, min_length=3)
    cargo = CleanCharField(
        label="Tu cargo en la entidad",
        max_length=100,
        min_length=3,
        help_text="El cargo se publica; tu nombre no.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in ("nombre", "cargo"):
            if "\n" in data.get(name, ""):
                self.add_error(name, "Escríbelo en una sola línea.")
        return data
