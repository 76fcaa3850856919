"""Ready words for the notices a crisis asks for: an editor only fills in what stands in brackets."""

from dataclasses import asdict, dataclass

from cms.notices.models import Severidad, Tipo


@dataclass(frozen=True, slots=True)
class Plantilla:
    severidad: Severidad
    titulo: str
    texto: str
    titulo_qu: str
    texto_qu: str

    def values(self) -> dict[str, str]:
        return asdict(self)


PLANTILLAS = {
    Tipo.EMERGENCIA: Plantilla(
        Severidad.URGENTE,
        "Emergencia en [lugar]",
        "Por [qué pasó], algunos centros pueden estar cerrados. Antes de salir, llama al 1800. "
        "Si hay peligro, llama ya: bomberos 116, ambulancia SAMU 106, Policía 105.",
        "Sasachakuy: [maypi]",
        "[Imam pasarqa], chayrayku wakin centrokuna wichqasqam kanman. Manaraq lluqsichkaspa, 1800man qayay. "
        "Peligro kaptinqa, kunallan qayay: bomberos 116, ambulancia SAMU 106, Policía 105.",
    ),
    Tipo.CENTRO_CERRADO: Plantilla(
        Severidad.IMPORTANTE,
        "[Nombre del centro] está cerrado",
        "No atiende desde el [día] hasta el [día]. Motivo: [motivo]. Si tu trámite no puede esperar, "
        "llama al 1800 y pregunta en qué otro centro se hace.",
        "[Centropa sutin] wichqasqam kachkan",
        "[Punchaw]manta [punchaw]kama manam runata chaskinchu. Imarayku: [motivo]. "
        "Mañakuyniki mana suyay atiptinqa, 1800man qayay: mayqin centropim ruwakun, chayta tapuy.",
    ),
    Tipo.SISTEMA_CAIDO: Plantilla(
        Severidad.IMPORTANTE,
        "El sistema de [entidad] no funciona",
        "Por ahora no se pueden hacer los trámites de [entidad]. No pierdas el viaje: antes de ir, llama al 1800.",
        "[Entidad]pa sistemanqa manam llamkachkanchu",
        "Kunanqa [entidad]pa mañakuyninkuna manam ruwakunchu. Ama yanqa riychu: manaraq richkaspa, 1800man qayay.",
    ),
}
