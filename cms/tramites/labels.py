"""The aspects in words: as a heading and as the question a citizen asks."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from cms.tramites.schema import Aspecto

_TITLES: dict[Aspecto, Callable[[], str]] = {
    Aspecto.DESCRIPCION: lambda: _("Qué es"),
    Aspecto.REQUISITOS: lambda: _("Qué necesitas"),
    Aspecto.COSTO: lambda: _("Cuánto cuesta"),
    Aspecto.PLAZO: lambda: _("Cuánto demora"),
    Aspecto.PASOS: lambda: _("Cómo se hace"),
    Aspecto.DONDE: lambda: _("Dónde se hace"),
    Aspecto.HORARIO: lambda: _("A qué hora atienden"),
    Aspecto.CANALES: lambda: _("En persona o por internet"),
    Aspecto.CITA: lambda: _("Cita"),
    Aspecto.QUIEN: lambda: _("Quién puede hacerlo"),
    Aspecto.RESULTADO: lambda: _("Qué recibes"),
    Aspecto.VIGENCIA: lambda: _("Cuánto tiempo vale"),
    Aspecto.CALIFICACION: lambda: _("Cómo se aprueba"),
    Aspecto.RECURSOS: lambda: _("Si te dicen que no"),
    Aspecto.BASE_LEGAL: lambda: _("Qué norma lo dice"),
    Aspecto.FORMULARIOS: lambda: _("Formularios"),
    Aspecto.CONTACTO: lambda: _("Contacto"),
}

_QUESTIONS: dict[Aspecto, Callable[[], str]] = {
    Aspecto.DESCRIPCION: lambda: _("¿Qué es?"),
    Aspecto.REQUISITOS: lambda: _("¿Qué necesito?"),
    Aspecto.COSTO: lambda: _("¿Cuánto cuesta?"),
    Aspecto.PLAZO: lambda: _("¿Cuánto demora?"),
    Aspecto.PASOS: lambda: _("¿Cómo se hace?"),
    Aspecto.DONDE: lambda: _("¿Dónde se hace?"),
    Aspecto.HORARIO: lambda: _("¿A qué hora atienden?"),
    Aspecto.CANALES: lambda: _("¿Se puede por internet?"),
    Aspecto.CITA: lambda: _("¿Necesito cita?"),
    Aspecto.QUIEN: lambda: _("¿Quién puede hacerlo?"),
    Aspecto.RESULTADO: lambda: _("¿Qué recibo?"),
    Aspecto.VIGENCIA: lambda: _("¿Cuánto tiempo vale?"),
    Aspecto.CALIFICACION: lambda: _("¿Cómo se aprueba?"),
    Aspecto.RECURSOS: lambda: _("¿Y si me dicen que no?"),
    Aspecto.BASE_LEGAL: lambda: _("¿Qué norma lo dice?"),
    Aspecto.FORMULARIOS: lambda: _("¿Hay formulario?"),
    Aspecto.CONTACTO: lambda: _("¿Dónde consulto?"),
}


def aspect_title(aspecto: Aspecto, locale: str) -> str:
    with translation.override(locale):
        return _TITLES[aspecto]()


def aspect_question(aspecto: Aspecto, locale: str) -> str:
    with translation.override(locale):
        return _QUESTIONS[aspecto]()
