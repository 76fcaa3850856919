"""What a ficha says of each aspect, in one language: one small teller per aspect.

A teller gets a `Voice` and returns blocks. It takes figures from the facts and sentences from the words,
and adds nothing of its own but the fixed sentences written here.
"""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from cms.directory.models import Entidad, Sede
from cms.tramites.schema import Aspecto, Calificacion, Canal, Contacto, Costo, Ficha, Plazo, Recurso, Via
from cms.ui.blocks import Bloque
from cms.ui.formats import money, term


class Voice:
    """Reads a ficha's words in `locale`; falls back to Spanish sentence by sentence, and remembers that it did."""

    def __init__(self, ficha: Ficha, locale: str, on: date) -> None:
        self.ficha, self.locale, self.on = ficha, locale, on
        self.fell_back = False

    def say(self, key: str) -> tuple[str, str]:
        """(sentence, its language where it is not the one asked for); empty where there is no word."""
        spanish = self.ficha.es.get(key, "")
        if self.locale == "es" or not spanish:
            return spanish, ""
        if translated := self.ficha.quechua(key):
            return translated, ""
        self.fell_back = True
        return spanish, "es"

    def paragraph(self, key: str) -> list[Bloque]:
        text, language = self.say(key)
        return [Bloque("parrafo", text, idioma=language)] if text else []

    def bullets(self, keys: Sequence[str]) -> list[Bloque]:
        said = [self.say(key) for key in keys]
        if not said:
            return []
        return [
            Bloque("lista", items=tuple(text for text, _l in said), idiomas=tuple(lang for _t, lang in said))
        ]


Teller = Callable[[Voice], list[Bloque]]


def _prose(aspecto: Aspecto) -> Teller:
    return lambda voice: voice.paragraph(aspecto)


def _description(voice: Voice) -> list[Bloque]:
    return voice.paragraph("descripcion") or voice.paragraph("nombre")


def _listed(rows: str, aspecto: Aspecto) -> Teller:
    def tell(voice: Voice) -> list[Bloque]:
        keys = [f"{rows}.{row.clave}" for row in getattr(voice.ficha.hechos, rows)]
        return voice.bullets(keys) + voice.paragraph(aspecto)

    return tell


def _fees(voice: Voice) -> list[Bloque]:
    rows = [row for row in voice.ficha.hechos.costos if row.in_force(voice.on)]
    return [_fee(voice, row) for row in rows] + voice.paragraph("costo")


def _fee(voice: Voice, row: Costo) -> Bloque:
    figure = _fee_figure(row)
    text, language = voice.say(f"costos.{row.clave}")
    if not text:
        text = _default_fee(row, figure)
    elif row.monto is not None and "{monto}" not in text and figure not in text:
        # An old version, or a translation, that only names the fee: without the amount it would answer nothing.
        text = f"{text} {{monto}}."
    return Bloque(
        "monto", _fill(text, monto=figure, codigo_pago=row.codigo_pago), destacado=figure, idioma=language
    )


def _fee_figure(row: Costo) -> str:
    if row.gratuito:
        return _("Gratuito")
    return _("Monto por confirmar") if row.monto is None else money(row.monto)


def _default_fee(row: Costo, figure: str) -> str:
    way = _way(row.via)
    sentence = f"{way}: {figure}." if way else f"{figure}."
    if row.codigo_pago:
        sentence += " " + _("Código de pago: {codigo_pago}.")
    return sentence


def _fill(text: str, **facts: str) -> str:
    """Puts facts in their places; anything else in braces was refused when the ficha was read."""
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _way(via: Via | None) -> str:
    return {
        None: "",
        Via.PRESENCIAL: _("En persona"),
        Via.EN_LINEA: _("Por internet"),
        Via.TELEFONO: _("Por teléfono"),
        Via.APP: _("Con la aplicación del celular"),
    }[via]


def _terms(voice: Voice) -> list[Bloque]:
    rows = [row for row in voice.ficha.hechos.plazos if row.in_force(voice.on)]
    return [_term(voice, row) for row in rows] + voice.paragraph("plazo")


def _term(voice: Voice, row: Plazo) -> Bloque:
    figure = _term_figure(row)
    text, language = voice.say(f"plazos.{row.clave}")
    return Bloque("monto", _fill(text or f"{figure}.", plazo=figure), destacado=figure, idioma=language)


def _term_figure(row: Plazo) -> str:
    if row.en_el_dia:
        return _("El mismo día")
    if row.valor is None or row.unidad is None:
        return _("Plazo por confirmar")
    return term(row.valor, row.unidad, row.valor_max)


def _where(voice: Voice) -> list[Bloque]:
    names = Sede.objects.filter(codigo__in=voice.ficha.hechos.sedes).values_list("nombre", flat=True)
    places = [Bloque("lista", items=tuple(names))] if names else []
    return voice.paragraph("donde") + places + _network(voice)


def _network(voice: Voice) -> list[Bloque]:
    """The 2023 list says which entities attend what in the network, not in which centre."""
    if not voice.ficha.hechos.servicios_2023:
        return []
    codes = [office.entidad for office in voice.ficha.hechos.oficinas] or [voice.ficha.hechos.entidad]
    offices = {e.codigo: e.corto for e in Entidad.objects.filter(codigo__in=codes)}
    names = ", ".join(dict.fromkeys(offices[code] for code in codes if code in offices))
    return [
        Bloque(
            "parrafo",
            _(
                "En la lista de servicios de la red MAC de diciembre de 2023 lo atiende: {entidades}. "
                "Antes de ir, pregunta al 1800 en qué centro."
            ).format(entidades=names),
        )
    ]


def _channels(voice: Voice) -> list[Bloque]:
    return [_channel(voice, row) for row in voice.ficha.hechos.canales] + voice.paragraph("canales")


def _channel(voice: Voice, row: Canal) -> Bloque:
    text, language = voice.say(f"canales.{row.clave}")
    if not text:
        text = f"{_way(row.via)}: {row.telefono}." if row.telefono else f"{_way(row.via)}."
    return Bloque("enlace" if row.url else "parrafo", text, url=row.url, idioma=language)


def _appointment(voice: Voice) -> list[Bloque]:
    cita = voice.ficha.hechos.cita
    blocks = []
    if cita.requerida is not None:
        blocks.append(
            Bloque("parrafo", _("Necesitas sacar cita.") if cita.requerida else _("No necesitas cita."))
        )
    if cita.url:
        blocks.append(Bloque("enlace", _("Saca la cita aquí:"), url=cita.url))
    if cita.telefono:
        blocks.append(
            Bloque("parrafo", _("Saca la cita por teléfono: {telefono}.").format(telefono=cita.telefono))
        )
    return blocks + voice.paragraph("cita")


def _validity(voice: Voice) -> list[Bloque]:
    fact = voice.ficha.hechos.vigencia
    blocks = []
    if fact and fact.indefinida:
        blocks.append(Bloque("parrafo", _("No vence.")))
    elif fact and fact.valor and fact.unidad:
        blocks.append(Bloque("parrafo", _("Vale {plazo}.").format(plazo=term(fact.valor, fact.unidad))))
    return blocks + voice.paragraph("vigencia")


def _approval(voice: Voice) -> list[Bloque]:
    sentence = {
        Calificacion.AUTOMATICA: _("Aprobación automática: queda aprobado cuando presentas todo completo."),
        Calificacion.SILENCIO_POSITIVO: _(
            "Lo evalúan primero. Si la entidad no responde dentro del plazo, se da por aprobado "
            "(silencio positivo)."
        ),
        Calificacion.SILENCIO_NEGATIVO: _(
            "Lo evalúan primero. Si la entidad no responde dentro del plazo, puedes darlo por denegado "
            "y presentar un recurso (silencio negativo)."
        ),
        Calificacion.NO_APLICA: _("Es un servicio: no lleva evaluación previa ni silencio administrativo."),
    }.get(voice.ficha.hechos.calificacion, "")
    return ([Bloque("parrafo", sentence)] if sentence else []) + voice.paragraph("calificacion")


def _appeals(voice: Voice) -> list[Bloque]:
    items = tuple(_appeal(row) for row in voice.ficha.hechos.recursos)
    return ([Bloque("lista", items=items)] if items else []) + voice.paragraph("recursos")


def _appeal(row: Recurso) -> str:
    name = _("Reconsideración") if row.tipo == "reconsideracion" else _("Apelación")
    parts = [name]
    if row.presentar_dias:
        parts.append(_("la presentas en {plazo}").format(plazo=term(row.presentar_dias, "dias_habiles")))
    if row.resolver_dias:
        parts.append(_("te responden en {plazo}").format(plazo=term(row.resolver_dias, "dias_habiles")))
    if row.autoridad:
        parts.append(_("resuelve {autoridad}").format(autoridad=row.autoridad))
    return ", ".join(parts) + "."


def _norms(voice: Voice) -> list[Bloque]:
    items = tuple(
        ", ".join(part for part in (row.norma, row.articulo, row.titulo) if part)
        for row in voice.ficha.hechos.base_legal
    )
    return ([Bloque("lista", items=items)] if items else []) + voice.paragraph("base_legal")


def _forms(voice: Voice) -> list[Bloque]:
    return [
        Bloque("enlace" if row.url else "parrafo", row.nombre, url=row.url)
        for row in voice.ficha.hechos.formularios
    ] + voice.paragraph("formularios")


def _reached(row: Contacto) -> str:
    """An extension said to be one: behind the telephone alone it would be dialled with it."""
    if not row.anexo:
        return row.valor
    return _("{telefono}, anexo {anexo}").format(telefono=row.valor, anexo=row.anexo)


def _contact(voice: Voice) -> list[Bloque]:
    facts = voice.ficha.hechos
    blocks = [
        Bloque("enlace", row.valor, url=row.valor)
        if row.tipo == "web" and row.valor.startswith("http")
        else Bloque("parrafo", _reached(row))
        for row in facts.contactos
    ]
    return blocks + voice.paragraph("contacto")


TELLERS: dict[Aspecto, Teller] = {
    Aspecto.DESCRIPCION: _description,
    Aspecto.REQUISITOS: _listed("requisitos", Aspecto.REQUISITOS),
    Aspecto.COSTO: _fees,
    Aspecto.PLAZO: _terms,
    Aspecto.PASOS: _listed("pasos", Aspecto.PASOS),
    Aspecto.DONDE: _where,
    Aspecto.HORARIO: _prose(Aspecto.HORARIO),
    Aspecto.CANALES: _channels,
    Aspecto.CITA: _appointment,
    Aspecto.QUIEN: _prose(Aspecto.QUIEN),
    Aspecto.RESULTADO: _prose(Aspecto.RESULTADO),
    Aspecto.VIGENCIA: _validity,
    Aspecto.CALIFICACION: _approval,
    Aspecto.RECURSOS: _appeals,
    Aspecto.BASE_LEGAL: _norms,
    Aspecto.FORMULARIOS: _forms,
    Aspecto.CONTACTO: _contact,
}
