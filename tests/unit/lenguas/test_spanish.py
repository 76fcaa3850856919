"""Forms that must meet on one stem, and words that must not."""

import re
import time
import unicodedata
from collections.abc import Callable

import pytest

from lenguas.spanish import stem

MEET = """
renovación renovar|renovacion renovación|renové renovar|renuevo renovar|renovaciones renovación|renovarlo renovar
renovando renovar|renovaron renovar|licencias licencia|LICENCIA licencia|perdí perder|perdido perder|pérdida perder
perdi perdí|pierdo perder|inscripciones inscripcion|inscripción inscribir|inscribirme inscribir|inscrito inscribir
pasaportes pasaporte|nombres nombre|padres padre|pago pagar|pagué pagar|pagos pago|pagan pagar|pagaría pagar
costo costar|cuesta costo|cuestan cuesta|costos costo|sedes sede|papeles papel|ciudades ciudad|menores menor
duplicado duplicar|duplicados duplicado|gratuita gratuito|trámites trámite|tramitar trámite|tramito tramitar
requisitos requisito|entidades entidad|certificado certificación|certificados certificado|vencido vencer|venció vence
vencimiento vencido|robaron robo|robado robar|partes parte|partidas partida|antecedentes antecedente|penales penal
policiales policial|extranjera extranjero|extranjeros extranjera|solicitud solicitar|solicitudes solicitud
nacimiento nacido|nacer nacimiento|mujeres mujer|horarios horario|atención atender|atienden atender|informes informe
meses mes|citas cita|casos caso|casas casa|jueces juez|registro registrar|registros registro|denuncia denunciar
demora demorar|demoran demora|firma firmar|firmó firmar|cambiar cambio|cambié cambiar|corregir corrijo|viajes viajar
leyes ley|saqué sacar|sacarlo sacar|documentos documento|resoluciones resolucion|niños niño|hijos hijo
apelación apelar|empadronamiento empadronar|legalizada legalizar|consultas consultar|entregaron entrega
electrónica electrónico|imágenes imagen|órdenes orden|autorizaciones autorización|direcciones direccion
constancias constancia|vehículos vehiculo|reclamos reclamar|quejas queja|afiliación afiliarme
"""
DIFFER = """
caso casa|casos casas|casado casa|pena penal|penas penales|parte partida|partido partida|nación nacimiento|nacional nacer
punto punta|cargo carga|puerto puerta|libro libra|plazo plaza|modo moda|banco banca|costo costa|familia familiar
persona personal|policía policial|moto motor|salud saludo|seguro segundo|oficio oficina|nota notario|menor menos
derecho derecha|recibo recibir|cita citar|estado este|sede seda|puesto puesta|hora hogar|hijo hija|curso cura
mes mesa|paso pase|apellido apelar|licenciado licencia|titular título|poder pedir|medida medio|sol sola|ley leer
mayo mayor|lista listo|arma armar|cuenta cuento|rato rata|marca marco|papel papa|vez ver
"""


def _pairs(table: str) -> list[tuple[str, str]]:
    pairs = [tuple(pair.split()) for line in table.split("\n") for pair in line.split("|") if pair]
    return [(one, other) for one, other in pairs]


def test_the_tables_are_long_enough() -> None:
    assert len(set(_pairs(MEET))) >= 60
    assert len(set(_pairs(DIFFER))) >= 30


@pytest.mark.parametrize(("one", "other"), _pairs(MEET))
def test_forms_of_one_thing_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), _pairs(DIFFER))
def test_different_things_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", "lunes gratis crisis seis virus jueves tres más dos sis mes dni a".split())
def test_words_that_only_look_inflected_stay_whole(word: str) -> None:
    assert stem(word) == word.replace("á", "a")


def test_accents_and_case_make_no_difference() -> None:
    for word in ("Renovación", "PERDÍ", "Trámite", "niñez", "Atención", "día"):
        bare = word.lower().translate(str.maketrans("áéíóú", "aeiou"))
        assert stem(word) == stem(bare)


def test_a_word_not_seen_before_takes_some_foldings_of_its_letters() -> None:
    words = [f"certific{number}aciones" for number in range(4000)]
    stem("warm")

    def quickest(work: Callable[[str], str]) -> float:
        return min(_seconds(work, words[place : place + 500]) for place in range(0, 4000, 500))

    assert quickest(stem) < 30 * quickest(_folded), "6 to 13 times as much was measured"


def _seconds(work: Callable[[str], str], batch: list[str]) -> float:
    start = time.perf_counter()
    for word in batch:
        work(word)
    return time.perf_counter() - start


def _folded(word: str) -> str:
    return re.sub("[^a-z]+", "", unicodedata.normalize("NFD", word).casefold())
