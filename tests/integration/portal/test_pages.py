"""Every page for citizens, in both languages."""

from datetime import datetime

import pytest
from django.test import Client

from cms.directory.hours import LIMA
from cms.portal import views
from cms.portal.ficha import tramite_view
from cms.tramites.demand import most_asked
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto, Confianza, Evidencia
from cms.ui.formats import source_name
from tests.integration.portal.checking import words
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db

LOCALES = ("es", "qu")
PAGES = (
    "",
    "tramites/",
    "tramites/?entidad=reniec&tema=identidad&publico=personas",
    "tramites/reniec-dni-duplicado/",
    "entidades/",
    "entidades/reniec/",
    "sedes/",
    "sedes/?tipo=centro&region=Piura",
    "sedes/centro-mac-piura/",
    "sedes/tambo-camicachi/",
    "buscar/",
    "buscar/?q=DNI",
)


class Clock(datetime):
    """A Friday at ten in the morning, when centres and Alo MAC are open."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return datetime(2026, 11, 20, 10, 0, tzinfo=LIMA)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_keeps_what_a_page_must_keep(page: OpenPage, locale: str, path: str) -> None:
    opened = page(f"/{locale}/{path}")
    other = "qu" if locale == "es" else "es"
    switch = f"/{other}/{path}{'&' if '?' in path else '?'}idioma={other}"
    assert switch in opened.links(), "the language switch loses the place"
    assert opened.all("a", lang=other)
    assert not opened.response.cookies
    assert opened.response.headers["Cache-Control"] == "public, no-cache"


def test_the_first_page_asks_for_the_language_and_guesses_nothing(client: Client, page: OpenPage) -> None:
    opened = page("/")
    assert [e.get("href") for e in opened.one("main").iter("a")] == ["/es/?idioma=es", "/qu/?idioma=qu"]
    answer = client.get("/", headers={"accept-language": "qu"})
    assert answer.content == opened.response.content
    assert not answer.cookies


def test_the_first_page_speaks_both_languages_and_asks_once(client: Client, page: OpenPage) -> None:
    opened = page("/")
    shown = words(opened.one("nav")) + words(opened.one("footer"))
    for said in ("Escuchar", "Uyariy", "Dónde ir", "Maypi", "en español y en quechua", "runasimipi"):
        assert said in shown
    player = opened.one("template")
    assert "Cerrar · Wichqay" in words(player)
    assert player.get("data-text-pause") == "Pausa · Sayachiy"
    voices = [a.get("data-say") or a.get("href") for a in opened.one("nav").iter("a")]
    assert voices == [f"/voz/{key}.mp3" for key in ("llamar", "elegir", "quechua", "lugar")]
    for locale in ("es", "qu"):
        client.cookies["mac-idioma"] = locale
        assert client.get("/")["Location"] == f"/{locale}/"
    client.cookies["mac-idioma"] = "/elsewhere"
    again = client.get("/")
    assert again.status_code == 200
    assert "Cookie" in again["Vary"]


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("/qu/?idioma=qu", "/qu/"),
        ("/es/tramites/reniec-dni-duplicado/?idioma=es", "/es/tramites/reniec-dni-duplicado/"),
        ("/qu/buscar/?q=DNIyta+chinkachini&idioma=qu", "/qu/buscar/?q=DNIyta+chinkachini"),
    ],
)
def test_the_language_chosen_with_the_switch_is_remembered_without_script(
    client: Client, seeded: None, path: str, shared: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, shared)
    assert answer["Cache-Control"] == "no-store", "a cache would hand the choice to somebody else"
    assert client.get("/")["Location"] == f"/{shared[1:3]}/"
    page = client.get(shared)
    assert not page.cookies
    assert "Cookie" not in page.headers.get("Vary", ""), "a page would no longer be the same for everybody"


def test_a_link_somebody_sent_chooses_nothing_and_the_last_choice_holds(client: Client, seeded: None) -> None:
    client.get("/es/")
    client.get("/qu/?idioma=es")
    client.get("/qu/?idioma=//example.org")
    assert client.get("/").status_code == 200, "nobody has chosen yet"
    client.get("/qu/?idioma=qu")
    client.get("/es/?idioma=es")
    assert client.get("/")["Location"] == "/es/"
    client.get("/qu/")
    assert client.get("/")["Location"] == "/es/"


def test_the_choice_in_the_chat_is_remembered_too(client: Client, seeded: None) -> None:
    answer = client.get("/qu/chat/?idioma=qu")
    assert answer["Location"] == "/qu/chat/"
    assert client.get("/")["Location"] == "/qu/"


def test_home_offers_search_the_most_asked_and_a_person(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "datetime", Clock)
    opened = page("/es/")
    assert words(opened.one("h1")) == "¿Qué quieres hacer?"
    assert opened.one("form", role="search").get("action") == "/es/buscar/"
    shown = [href for href in opened.links() if href.startswith("/es/tramites/") and "?" not in href]
    asked = [f"/es/tramites/{codigo}/" for codigo in most_asked()]
    listed = [href for href in shown if href in asked]
    assert listed
    assert listed == [href for href in asked if href in listed], "not in the order of the documents"
    assert "Habla con una persona ahora" in opened.text
    assert "hasta las 20:00" in opened.text
    assert "/es/entidades/reniec/" in opened.links()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("codigo", ["reniec-dni-duplicado", "sis-gratuito", "inpe-antecedentes-judiciales"])
def test_a_ficha_answers_all_seventeen_aspects_in_their_place(
    page: OpenPage, locale: str, codigo: str
) -> None:
    opened = page(f"/{locale}/tramites/{codigo}/")
    for aspecto in Aspecto:
        assert words(opened.by_id(aspecto)), f"{aspecto} is empty"
    assert words(opened.by_id("requisitos"))
    assert f"/{locale}/chat/?codigo={codigo}" in opened.links()


def test_a_ficha_says_its_facts_its_doubts_and_its_version(page: OpenPage) -> None:
    opened = page("/es/tramites/reniec-dni-duplicado/")
    shown = published("reniec-dni-duplicado")
    costo = words(opened.by_id("costo"))
    assert "S/ 33.00" in costo
    assert "00522" in costo
    assert "Por confirmar" in costo
    once = words(opened.by_id("por-confirmar"))
    assert "Por confirmar con la entidad (RENIEC)" in once
    assert "4 de octubre de 2025" in once
    assert source_name(shown.ficha.hechos.evidencia[Aspecto.COSTO].fuente) in once
    assert "El Comercio 10/2025" in once
    assert opened.text.count("Por confirmar con la entidad (RENIEC)") == 1
    assert shown.ficha.es["duda.costo"] in costo
    assert f"Versión {shown.revision} de esta página" in opened.text
    assert words(opened.one("h1")) == shown.ficha.es["nombre"]


@pytest.mark.parametrize(("locale", "badge"), [("es", "Por confirmar"), ("qu", "ntidadwan chiqapchanaraq")])
def test_every_doubtful_section_says_so_and_another_source_is_said_in_its_place(
    page: OpenPage, locale: str, badge: str
) -> None:
    ficha = published("reniec-dni-duplicado").ficha
    other = Evidencia(confianza=Confianza.BAJA, fuente="Otra fuente", fecha="2024-05")
    evidence = {**ficha.hechos.evidencia, Aspecto.PLAZO: other}
    facts = ficha.hechos.model_copy(update={"evidencia": evidence})
    publish_ficha(ficha.model_copy(update={"hechos": facts}), by=None)
    opened = page(f"/{locale}/tramites/reniec-dni-duplicado/")
    told = {aspecto: words(opened.by_id(aspecto)) for aspecto in evidence}
    doubtful = {a for a, e in evidence.items() if e.confianza in (Confianza.MEDIA, Confianza.BAJA)}
    assert len(doubtful) > 2
    assert {a for a in doubtful if badge in told[a]} == doubtful
    assert [a for a in told if "Otra fuente" in told[a]] == [Aspecto.PLAZO]
    assert "mayo" in told[Aspecto.PLAZO]


def test_the_page_says_everything_the_answers_say(page: OpenPage) -> None:
    opened = page("/es/tramites/reniec-dni-duplicado/")
    for section in tramite_view(published("reniec-dni-duplicado"), "es").sections:
        told = words(opened.by_id(section.aspecto))
        for block in section.body:
            assert " ".join(block.texto.split()) in told
            assert all(item in told for item in block.items)


def test_what_is_unknown_is_said_once_and_names_who_knows(page: OpenPage) -> None:
    opened = page("/es/tramites/reniec-dni-duplicado/")
    assert opened.text.count("Quien los sabe es RENIEC") == 1
    assert opened.text.count("Lo que todavía no sabemos") == 1
    assert words(opened.by_id("cita")).startswith("Cita")
    assert "Mira la fecha escrita en tu DNI" in words(opened.by_id("vigencia"))


def test_the_list_filters_by_entity_subject_public_and_words(page: OpenPage) -> None:
    def listed(query: str) -> set[str]:
        found = page(f"/es/tramites/{query}").links()
        return {
            href
            for href in found
            if href.startswith("/es/tramites/") and href != "/es/tramites/" and "?" not in href
        }

    everything = listed("")
    reniec = listed("?entidad=reniec")
    assert "/es/tramites/reniec-dni-duplicado/" in reniec
    assert "/es/tramites/migraciones-pasaporte/" not in reniec
    assert reniec < everything
    assert "/es/tramites/reniec-dni-duplicado/" in listed("?tema=identidad")
    assert "/es/tramites/reniec-dni-duplicado/" not in listed("?publico=empresas")
    assert "/es/tramites/reniec-dni-duplicado/" in listed("?q=perdi+mi+dni")
    assert listed("?entidad=nadie") == set()


def test_a_list_with_nothing_offers_a_person(page: OpenPage) -> None:
    opened = page("/es/tramites/?tema=nada-de-esto")
    assert "No hay trámites con lo que elegiste" in opened.text
    assert "Llama al 1800" in opened.text


def test_an_entity_is_found_whatever_the_case(client: Client, page: OpenPage) -> None:
    answer = client.get("/es/entidades/RENIEC/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/es/entidades/reniec/")
    opened = page("/es/entidades/reniec/")
    assert "/es/tramites/reniec-dni-duplicado/" in opened.links()
    assert "Registro Nacional de Identificación y Estado Civil" in opened.text


def test_a_centre_says_when_it_is_open_and_since_when_that_is_known(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "datetime", Clock)
    opened = page("/es/sedes/centro-mac-piura/")
    assert "Abierto ahora" in opened.text
    assert "lunes a viernes: 08:30" in words(opened.by_id("horario"))
    assert "diciembre de 2023" in opened.text


@pytest.mark.parametrize(
    ("locale", "unknown"), [("es", "Horario no confirmado"), ("qu", "Horario manaraq yachasqa")]
)
def test_unknown_hours_are_said_to_be_unknown(page: OpenPage, locale: str, unknown: str) -> None:
    opened = page(f"/{locale}/sedes/tambo-camicachi/")
    assert unknown in opened.text
    for never in ("Abierto ahora", "Cerrado ahora", "Kunan kichasqa", "Kunan wichqasqa", ":00"):
        assert never not in opened.text
    assert "1800" in words(opened.by_id("horario"))


def test_search_finds_in_either_language_and_offers_a_person_for_nothing(page: OpenPage) -> None:
    for path in ("/es/buscar/?q=perdi+mi+dni", "/qu/buscar/?q=DNIyta+chinkachirquni"):
        locale = path[1:3]
        assert f"/{locale}/tramites/reniec-dni-duplicado/" in page(path).links()
    nothing = page("/es/buscar/?q=zzzqqqxxw")
    assert "No encontramos un trámite con esas palabras" in nothing.text
    assert "Llama al 1800" in nothing.text


@pytest.mark.parametrize(
    "q", ["%3Cscript%3Ealert(1)%3C/script%3E", "x" * 5000, "%22%27%3E", "*:*+AND+(", "🦙"]
)
def test_no_question_breaks_the_search_or_the_page(page: OpenPage, q: str) -> None:
    opened = page(f"/es/buscar/?q={q}")
    assert not [e for e in opened.all("script") if not e.get("src")]


@pytest.mark.parametrize("number", ["0", "-3", "999", "x", "9999999999999999999"])
def test_a_page_number_that_does_not_exist_shows_one_that_does(page: OpenPage, number: str) -> None:
    assert page(f"/es/tramites/?pagina={number}").links()


def test_only_reading_is_served(client: Client, seeded: None) -> None:
    assert client.post("/es/tramites/").status_code == 405
    assert client.head("/es/tramites/reniec-dni-duplicado/").status_code == 200
