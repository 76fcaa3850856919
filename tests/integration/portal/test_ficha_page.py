"""A ficha told as a person would: what to bring, what it costs at one glance, which case is yours, where to do it."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from cms.directory.models import Tramo
from cms.directory.queries import sede
from cms.portal import views
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto, Canal, Confianza, Ficha, Recurso, Via
from tests.integration.portal.checking import Page, words
from tests.integration.portal.conftest import OpenPage
from tests.integration.portal.test_pages import Clock

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
DNI, RENEWAL = "reniec-dni-duplicado", "reniec-dni-renovacion"


def with_facts(codigo: str, **facts: object) -> Ficha:
    ficha = published(codigo).ficha
    return ficha.model_copy(update={"hechos": ficha.hechos.model_copy(update=facts)})


def items(opened: Page, heading: str) -> list[str]:
    """The lines of the list under this heading of the requisitos."""
    section = list(opened.one("needs-list"))
    at = next(n for n, e in enumerate(section) if e.tag == "h3" and words(e) == heading)
    return [words(line) for line in section[at + 1]]


def test_what_is_needed_is_sorted_into_what_to_bring_to_pay_and_to_check(page: OpenPage) -> None:
    opened = page("/es/tramites/migraciones-pasaporte/")
    assert items(opened, "Ten a la mano")[0].startswith("Tu DNI en buen estado.")
    assert "Solo si es tu caso" in items(opened, "Ten a la mano")[1]
    assert items(opened, "Paga antes") == ["Haber pagado la tasa. Mira cuánto"]
    assert items(opened, "Revisa que se cumpla") == ["Una cita."]


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_every_requisito_is_in_the_list_once(page: OpenPage, locale: str) -> None:
    shown = published(DNI)
    keys = [line.get("data-key") for line in page(f"/{locale}/tramites/{DNI}/").one("needs-list").iter("li")]
    assert sorted(map(str, keys)) == sorted(row.clave for row in shown.ficha.hechos.requisitos)


def test_the_figures_stand_at_the_top_each_with_its_case_and_with_what_is_doubted(page: OpenPage) -> None:
    top = words(page(f"/es/tramites/{DNI}/").one("dl"))
    assert "Por internet: S/ 33.00, con el código 00522." in top
    assert "En la oficina: S/ 35.00." in top
    assert "Si el DNI que perdiste era azul, el monto está por confirmar." in top
    assert "Demora cerca de 48 horas." in top
    assert "Este tiempo sale de una sola fuente antigua." in top


@pytest.mark.parametrize(("locale", "mark"), [("es", "por confirmar"), ("qu", "chiqapchanaraq")])
@pytest.mark.parametrize("codigo", [DNI, "sis-gratuito"])
def test_every_figure_nobody_confirmed_is_marked_beside_its_question(
    page: OpenPage, codigo: str, locale: str, mark: str
) -> None:
    top = page(f"/{locale}/tramites/{codigo}/").one("dl")
    asked = [words(e) for e in top.iter("dt") if e.find("small") is not None]
    assert asked
    assert all(question.endswith(mark) for question in asked)
    assert len(asked) == 2 or codigo != DNI, "one open amount hid the doubt of the others"


def test_a_payment_code_stands_in_the_sentence_of_the_way_it_pays(page: OpenPage) -> None:
    for path in (f"/es/tramites/{DNI}/", f"/es/visita/?t={DNI}"):
        beside = [
            words(e) for e in page(path).all("p") if any(c.get("class") == "code" for c in e.iter("strong"))
        ]
        assert [re.sub(r" (?=[,.])", "", said) for said in beside] == [
            "Por internet: S/ 33.00, con el código 00522."
        ]


def test_a_fee_that_changes_is_at_the_top_too(page: OpenPage) -> None:
    costs = [
        row.model_copy(update={"monto": Decimal("88.10")}) for row in published(RENEWAL).ficha.hechos.costos
    ]
    publish_ficha(with_facts(RENEWAL, costos=costs), by=None)
    assert "S/ 88.10" in words(page(f"/es/tramites/{RENEWAL}/").one("dl"))
    assert "S/ 88.10" in words(page(f"/qu/tramites/{RENEWAL}/").one("dl"))


def test_one_button_leads_to_where_the_entity_does_it_and_only_where_it_does(page: OpenPage) -> None:
    def button(codigo: str) -> list[str]:
        return [
            e.get("href", "")
            for e in page(f"/es/tramites/{codigo}/").all("a")
            if "Hazlo por internet" in words(e)
        ]

    assert button("pj-antecedentes-penales") == ["https://cape.pj.gob.pe"]
    assert button(DNI) == []
    channel = Canal(clave="web", via=Via.EN_LINEA, url="https://www.reniec.gob.pe/duplicado")
    publish_ficha(with_facts(DNI, canales=[channel, *published(DNI).ficha.hechos.canales[1:]]), by=None)
    assert button(DNI) == ["https://www.reniec.gob.pe/duplicado"]


def test_the_payment_code_stands_out(page: OpenPage) -> None:
    costo = page("/es/tramites/pj-antecedentes-penales/").by_id("costo")
    assert [words(e) for e in costo.iter("strong") if e.get("class") == "code"] == ["03670"]


def test_a_case_with_others_like_it_offers_them_and_one_whose_others_are_not_public_does_not(
    page: OpenPage,
) -> None:
    assert not page(f"/es/tramites/{DNI}/").all("nav", **{"class": "variants"})
    minor = published(DNI).ficha
    facts = minor.hechos.model_copy(update={"codigo": "reniec-dni-menor-duplicado"})
    publish_ficha(minor.model_copy(update={"hechos": facts}), by=None)
    for locale, names in (("es", ["Persona adulta", "Menor de edad"]), ("qu", ["Kuraq runa", "Warma"])):
        group = page(f"/{locale}/tramites/{DNI}/").one("nav", **{"class": "variants"})
        links = list(group.iter("a"))
        assert [words(link) for link in links] == names
        assert [link.get("aria-current") for link in links] == ["page", None]
        assert links[1].get("href") == f"/{locale}/tramites/reniec-dni-menor-duplicado/"


def test_places_are_told_open_ones_first_and_unknown_hours_last(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "datetime", Clock)
    shut = sede("centro-mac-callao")
    Tramo.objects.filter(sede=shut).delete()
    publish_ficha(
        with_facts(DNI, sedes=["centro-mac-callao", "centro-mac-piura", "tambo-camicachi"]), by=None
    )
    rows = [
        words(e) for e in page(f"/es/tramites/{DNI}/").by_id("donde").iter("li") if e.find("a") is not None
    ]
    assert [row.split("  ")[0][:16] for row in rows] == [
        "Centro MAC Piura",
        "Centro MAC Calla",
        "Tambo Camicachi ",
    ]
    assert "Abierto ahora" in rows[0]
    assert "Cerrado ahora" in rows[1]
    assert "Horario no confirmado" in rows[2]


def test_what_to_do_when_the_answer_is_no_is_not_folded_away(page: OpenPage) -> None:
    ficha = with_facts(DNI, recursos=[Recurso(tipo="apelacion", presentar_dias=15)])
    evidence = {**ficha.hechos.evidencia, Aspecto.RECURSOS: ficha.hechos.evidencia[Aspecto.COSTO]}
    facts = ficha.hechos.model_copy(update={"evidencia": evidence})
    publish_ficha(ficha.model_copy(update={"hechos": facts}), by=None)
    opened = page(f"/es/tramites/{DNI}/")
    assert "15 días hábiles" in words(opened.by_id("recursos"))
    assert not [e for fold in opened.all("details") for e in fold.iter() if e.get("id") == "recursos"]


def test_the_page_carries_its_own_address_as_a_picture_and_as_a_short_text(page: OpenPage) -> None:
    opened = page(f"/es/tramites/{DNI}/")
    assert opened.one(f"{SVG}svg", **{"class": "qr"}).find(f"{SVG}path") is not None
    links = opened.links()
    assert any(link.startswith("https://wa.me/?text=") and DNI in link for link in links)
    assert any(link.startswith("sms:?&body=") and DNI in link for link in links)


def test_a_change_of_these_days_is_told_at_the_top(page: OpenPage) -> None:
    assert "#ultimo-cambio" not in page(f"/es/tramites/{DNI}/").links()
    publish_ficha(
        with_facts(DNI, codigo_tupa="PE1"), by=None, note="Cambia el código", norm="Resolución 7-2026"
    )
    opened = page(f"/es/tramites/{DNI}/")
    assert "#ultimo-cambio" in opened.links()
    assert "Resolución 7-2026" in words(opened.by_id("ultimo-cambio"))


def test_the_list_in_quechua_goes_by_the_quechua_names(client: Client, page: OpenPage) -> None:
    rows = list(page("/qu/tramites/").all("ul", **{"class": "rows"})[0].iter("a"))
    quechua = [words(e).lower() for e in rows if not any(part.get("lang") for part in e.iter("span"))]
    assert len(quechua) > 3
    assert quechua == sorted(quechua)
    assert not re.search("  ", " ".join(quechua))


@pytest.mark.parametrize(
    ("locale", "said"), [("es", "todavía sabemos poco"), ("qu", "pisillataraqmi yachaniku")]
)
def test_a_ficha_of_which_little_is_known_says_so_first(page: OpenPage, locale: str, said: str) -> None:
    assert said not in page(f"/{locale}/tramites/{DNI}/").text
    ficha = with_facts(DNI, requisitos=[], costos=[], plazos=[])
    gone = ("requisitos", "costo", "plazo")
    kept = {
        key: text for key, text in ficha.es.items() if key.split(".")[0] not in (*gone, "costos", "plazos")
    }
    evidence = {a: e for a, e in ficha.hechos.evidencia.items() if a not in gone}
    facts = ficha.hechos.model_copy(update={"evidencia": evidence})
    publish_ficha(ficha.model_copy(update={"hechos": facts, "es": kept, "qu": {}}), by=None)
    opened = page(f"/{locale}/tramites/{DNI}/")
    assert said in opened.text
    assert not opened.all("needs-list")
    assert "S/" not in opened.text


def test_who_says_what_is_sure_is_named_where_it_is_not_the_entity(page: OpenPage) -> None:
    ficha = published(DNI).ficha
    evidence = ficha.hechos.evidencia
    press = evidence[Aspecto.COSTO].model_copy(
        update={"confianza": Confianza.ALTA, "fuente": "La Prensa 2025-08-15", "fecha": "2025-08-15"}
    )
    facts = ficha.hechos.model_copy(update={"evidencia": {**evidence, Aspecto.COSTO: press}})
    publish_ficha(ficha.model_copy(update={"hechos": facts}), by=None)
    for locale in ("es", "qu"):
        assert "La Prensa 08/2025" in words(page(f"/{locale}/tramites/{DNI}/").one("main"))


def test_the_heading_of_the_channels_names_those_there_are(page: OpenPage) -> None:
    offices = [
        row.model_copy(update={"via": Via.PRESENCIAL, "url": ""})
        for row in published(DNI).ficha.hechos.canales
    ]
    publish_ficha(with_facts(DNI, canales=offices), by=None)
    opened = page(f"/es/tramites/{DNI}/")
    assert words(opened.by_id("t-canales")) == "En persona"
    assert "En persona o por internet" not in opened.text
