"""Questions about a file of one's own, which nobody can see here; and questions about trámites that only sound so."""

import pytest

from assistant.signs.own_file import asks_own_state


@pytest.mark.parametrize(
    "text",
    [
        "¿ya habrá salido mi carné?", "mi solicitud no avanza", "mi expediente está trabado en la municipalidad",
        "¿en qué etapa está mi reclamo?", "presenté mis papeles en marzo y nadie me responde",
        "llevo dos meses esperando mi pensión", "fíjese si ya puedo recoger mi pasaporte", "verifique con mi DNI si sigo en el SIS",
        "¿me aparece alguna novedad? ¿ya está mi brevete?", "pagué hace una semana y no me llega la constancia, ¿ya salió mi partida?",
        "¿por qué no sale mi licencia?", "mi trámite sigue en proceso", "ya pasaron tres semanas y no me entregan mi carné",
        "averigüe si mi solicitud fue aprobada", "mi tramite no abansa", "ya slio mi pasaporte",
        "pasaporteyqa chayamunñachu", "solicitudniyqa maypiñataq kachkan", "iskay killañam breveteyta suyachkani",
        "imanasqataq pensionta mana quwankuchu", "tramiteyqa manaraqmi lluqsinchu", "qawaykuway expedienteyta",
    ],
)  # fmt: skip
def test_the_own_file_is_asked_for(text):
    assert asks_own_state(text)


@pytest.mark.parametrize(
    "text",
    [
        "¿cuánto demora mi pasaporte?", "¿cómo consulto mi expediente por internet?", "mi DNI está vencido, ¿qué hago?",
        "¿dónde recojo mi brevete?", "me rechazaron la solicitud, ¿cómo apelo?", "¿qué necesito para renovar mi DNI?",
        "ya me toca renovar el brevete", "¿puede mi hijo recoger mi DNI?", "mi DNI no tiene firma, ¿sirve?",
        "hayka unaytaq dniyta suyasaq", "maypitaq breveteyta musuqchasaq", "imatataq dniypaq apasaq",
        "dniyqa chinkarqunmi, imatam ruwasaq",
    ],
)  # fmt: skip
def test_a_question_about_the_tramite_is_none(text):
    assert not asks_own_state(text)
