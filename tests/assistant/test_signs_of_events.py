"""What happened in a life opens a subject; what is only supposed, or said of who may come, does not."""

import pytest

from assistant.signs.events import tells_event

TOLD = [
    "ya murio mi papa que hago", "mi abuelita falleció ayer", "acaba de morir mi esposo", "quiero casarme",
    "nos vamos a casar", "quiero divorciarme", "nació mi hijo que necesito", "mi bebe nacio ayer",
    "taytaymi wañurqun imatataq ruwasaq", "mamay wañukapun", "casarakuyta munani", "kasarakuyta munayku",
    "wawaymi nacerqun", "wawayqa nasirun", "wawaymi paqarirqun",
]  # fmt: skip
NOT_TOLD = [
    "cuánto cuesta", "¿y si estoy casado?", "y si se murió el titular", "¿y si ya murió mi papá?", "puede ir mi hijo",
    "soy casada", "partida de nacimiento", "acta de matrimonio", "¿y el de defunción?", "es para mi esposo",
    "haykataq chanin", "wawaypaq", "nacimientomanta akta", "wañusqanmanta akta", "casarasqa kani", "maypitaq nacerqani",
]  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_told(text):
    assert tells_event(text)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_not_told(text):
    assert not tells_event(text)
