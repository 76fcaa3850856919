"""Peru's regions as a drawing of our own: coarse on purpose, to find one's region and touch it, not to measure.

Neighbours share the names of their corners, so that no gap opens between them.
"""

from dataclasses import dataclass

from lenguas.normalise import fold

# Corners, in degrees east and north.
CORNERS: dict[str, tuple[float, float]] = {
    "tumbes_n": (-80.3, -3.4), "tumbes_e": (-80.1, -4.0), "tumbes_s": (-80.4, -4.45), "mancora": (-81.0, -4.15),
    "talara": (-81.3, -4.7), "sechura": (-81.1, -5.6), "illescas": (-80.75, -6.2), "ayabaca": (-79.6, -4.5),
    "chinchipe": (-79.1, -5.0), "huarmaca": (-79.5, -5.75), "salas": (-79.2, -6.2), "oyotun": (-79.15, -6.8),
    "pacasmayo": (-79.7, -7.15), "jaen": (-78.6, -4.95), "maranon1": (-78.5, -6.0), "maranon2": (-78.0, -6.7),
    "maranon3": (-77.7, -7.15), "cajabamba": (-78.2, -7.65), "contumaza": (-78.8, -7.35), "condor": (-78.4, -3.45),
    "santiago": (-77.85, -3.0), "manseriche": (-77.6, -4.4), "moyobamba": (-77.5, -5.6), "tigre": (-76.6, -2.6),
    "curaray": (-75.6, -1.5), "gueppi": (-75.25, -0.1), "putumayo1": (-74.0, -1.0), "putumayo2": (-72.8, -2.3),
    "putumayo3": (-71.5, -2.25), "trapecio": (-70.1, -2.8), "leticia": (-70.0, -4.2), "yavari1": (-71.5, -4.5),
    "yavari2": (-72.9, -5.2), "yavari3": (-73.2, -6.4), "divisor": (-73.9, -7.4), "contamana": (-75.0, -7.3),
    "huallaga": (-75.85, -7.75), "yurimaguas": (-76.1, -6.2), "truj": (-79.1, -8.2), "santa": (-78.75, -8.95),
    "pallasca": (-78.0, -8.4), "sihuas": (-77.0, -8.35), "tocache": (-76.8, -8.7), "aguaytia": (-75.85, -8.6),
    "honoria": (-75.2, -9.3), "pachitea": (-74.95, -9.75), "casma": (-78.35, -9.7), "paramonga": (-77.8, -10.6),
    "cajatambo": (-76.95, -10.3), "huari": (-76.85, -9.3), "yanahuanca": (-76.6, -10.5), "cerro": (-76.1, -10.2),
    "oyon": (-76.4, -11.1), "oxapampa": (-75.3, -10.85), "ucayali": (-74.4, -10.5), "atalaya": (-73.7, -11.2),
    "sepahua": (-72.4, -11.2), "breu": (-73.0, -9.2), "esperanza": (-71.3, -10.0), "purus": (-70.6, -9.7),
    "inapari": (-70.6, -11.0), "iberia": (-69.6, -10.95), "heath": (-68.8, -12.55), "tambopata": (-69.3, -13.1),
    "inambari": (-70.3, -13.2), "manu": (-71.4, -12.6), "huacho": (-77.65, -11.2), "ancon": (-77.2, -11.8),
    "pucusana": (-76.8, -12.5), "canete": (-76.25, -13.25), "yauyos": (-75.7, -12.2), "matucana": (-76.1, -11.7),
    "tupe": (-75.7, -12.95), "satipo": (-74.0, -11.9), "vraem": (-73.9, -12.3), "pampas": (-74.6, -12.2),
    "tayacaja": (-75.1, -12.35), "huanta": (-74.4, -12.7), "lircay": (-74.65, -13.3), "huaytara": (-75.0, -14.0),
    "palpa": (-75.0, -14.6), "paracas": (-76.35, -13.9), "marcona": (-75.2, -15.4), "nazca": (-74.7, -15.2),
    "apurimac1": (-73.5, -12.9), "apurimac2": (-73.2, -13.35), "chincheros": (-73.8, -13.6), "aymaraes": (-73.35, -14.5),
    "antabamba": (-72.9, -14.8), "coracora": (-73.6, -15.3), "limatambo": (-72.4, -13.5), "cotabambas": (-72.0, -13.9),
    "chumbivilcas": (-72.2, -14.6), "caylloma": (-71.6, -15.0), "espinar": (-71.05, -14.8), "marcapata": (-70.7, -13.9),
    "titicaca1": (-69.0, -13.6), "titicaca2": (-69.3, -15.0), "desaguadero": (-69.0, -16.5), "tripartito": (-69.45, -17.4),
    "lampa": (-70.85, -15.8), "carumas": (-70.5, -16.4), "candarave": (-70.1, -16.85), "camana": (-72.6, -16.7),
    "chala": (-74.2, -15.9), "cocachacra": (-71.6, -17.25), "omate": (-71.15, -16.5), "ilo": (-71.15, -17.8),
    "locumba": (-70.7, -17.35), "arica": (-70.4, -18.35), "charana": (-69.6, -17.75),
}  # fmt: skip

OUTLINES: dict[str, str] = {
    "Tumbes": "tumbes_n tumbes_e tumbes_s mancora",
    "Piura": "mancora tumbes_s ayabaca chinchipe huarmaca illescas sechura talara",
    "Lambayeque": "illescas huarmaca salas oyotun pacasmayo",
    "Cajamarca": "chinchipe jaen maranon1 maranon2 maranon3 cajabamba contumaza oyotun salas huarmaca",
    "Amazonas": "condor santiago manseriche moyobamba maranon3 maranon2 maranon1 jaen",
    "Loreto": (
        "santiago tigre curaray gueppi putumayo1 putumayo2 putumayo3 trapecio leticia yavari1 yavari2 yavari3 divisor "
        "contamana huallaga yurimaguas moyobamba manseriche"
    ),
    "San Martín": "moyobamba yurimaguas huallaga aguaytia tocache sihuas maranon3",
    "La Libertad": "pacasmayo oyotun contumaza cajabamba maranon3 sihuas pallasca santa truj",
    "Áncash": "santa pallasca sihuas tocache huari cajatambo paramonga casma",
    "Huánuco": "tocache aguaytia honoria pachitea cerro yanahuanca cajatambo huari",
    "Ucayali": (
        "huallaga contamana divisor breu esperanza purus inapari sepahua atalaya ucayali pachitea honoria aguaytia"
    ),
    "Pasco": "yanahuanca cerro pachitea ucayali oxapampa oyon",
    "Junín": "oyon oxapampa ucayali atalaya satipo vraem pampas tayacaja yauyos matucana",
    "Lima": "paramonga cajatambo yanahuanca oyon matucana yauyos tupe canete pucusana ancon huacho",
    "Huancavelica": "yauyos tayacaja pampas huanta lircay huaytara tupe",
    "Ica": "canete tupe huaytara palpa nazca marcona paracas",
    "Ayacucho": (
        "pampas vraem apurimac1 apurimac2 chincheros aymaraes antabamba coracora nazca palpa huaytara lircay huanta"
    ),
    "Apurímac": "apurimac2 limatambo cotabambas chumbivilcas antabamba aymaraes chincheros",
    "Cusco": (
        "atalaya sepahua manu inambari marcapata espinar caylloma chumbivilcas cotabambas limatambo apurimac2 apurimac1 "
        "vraem satipo"
    ),
    "Madre de Dios": "sepahua inapari iberia heath tambopata inambari manu",
    "Puno": (
        "inambari tambopata titicaca1 titicaca2 desaguadero tripartito candarave carumas lampa espinar marcapata"
    ),
    "Arequipa": (
        "marcona nazca coracora antabamba chumbivilcas caylloma espinar lampa omate cocachacra camana chala"
    ),
    "Moquegua": "cocachacra omate lampa carumas candarave locumba ilo",
    "Tacna": "ilo locumba candarave tripartito charana arica",
}
SCALE = 36
WEST, NORTH = -81.5, 0.3
# Too small to touch at its true size: drawn larger, in the sea beside it.
CALLAO = (-78.1, -12.1, 0.42)
# Names that would stand in a neighbour, and by how much they are moved.
MOVED = {
    "Callao": (-8, 26),
    "Cajamarca": (2, -4),
    "La Libertad": (-14, 4),
    "Áncash": (-4, 4),
    "Huánuco": (4, 0),
    "Lima": (-4, 4),
    "Ayacucho": (0, 22),
    "Moquegua": (-10, 12),
    "Ucayali": (14, 26),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One region: `points` of its polygon, and where its name stands."""

    name: str
    points: str
    x: int
    y: int


def _x(longitude: float) -> int:
    return round((longitude - WEST) * SCALE)


def _y(latitude: float) -> int:
    return round((NORTH - latitude) * SCALE)


def _shape(name: str, corners: list[tuple[float, float]]) -> Shape:
    points = [(_x(longitude), _y(latitude)) for longitude, latitude in corners]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    dx, dy = MOVED.get(name, (0, 0))
    middle = ((min(xs) + max(xs)) // 2 + dx, (min(ys) + max(ys)) // 2 + dy)
    return Shape(name, " ".join(f"{x},{y}" for x, y in points), *middle)


def _callao() -> Shape:
    x, y, r = CALLAO
    return _shape("Callao", [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)])


def shapes() -> list[Shape]:
    """Every region, in alphabetical order."""
    drawn = [
        _shape(name, [CORNERS[corner] for corner in corners.split()]) for name, corners in OUTLINES.items()
    ]
    return sorted([*drawn, _callao()], key=lambda shape: fold(shape.name))
