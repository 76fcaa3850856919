"""The closed list of questions a ficha answers; the intents of the same names ask them."""

ASPECTS = (
    "descripcion",
    "requisitos",
    "costo",
    "plazo",
    "pasos",
    "donde",
    "horario",
    "canales",
    "cita",
    "quien",
    "resultado",
    "vigencia",
    "calificacion",
    "recursos",
    "base_legal",
    "formularios",
    "contacto",
)
OF_A_SEDE = ("donde", "horario", "contacto")
