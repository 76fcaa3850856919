"""One visit, moments of life, suggestions as one types."""

import re
from datetime import datetime, time, timedelta
from urllib.parse import unquote

import pytest
from django.test import Client

from cms.directory.hours import LIMA
from cms.directory.models import Feriado, Sede
from cms.narration.told import text_of, told_place
from cms.notices.models import Tipo
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Oficina
from lenguas.dates import date_text
from tests.integration.notices.conftest import notice
from tests.integration.portal.checking import words
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db

DNI, PASSPORT, SIS = "reniec-dni-duplicado", "migraciones-pasaporte", "sis-gratuito"
BASIC = "osce-rnp"
POLICE = "mininter-antecedentes-policiales"
VISIT = f"/es/visita/?t={DNI}&t={PASSPORT}"


def at(codigo: str, *places: str) -> None:
    ficha = published(codigo).ficha
    facts = ficha.hechos.model_copy(update={"sedes": sorted(places)})
    publish_ficha(ficha.model_copy(update={"hechos": facts}), by=None)


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_nothing_chosen_asks_what_to_do(page: OpenPage, locale: str) -> None:
    opened = page(f"/{locale}/visita/")
    assert f"?t={DNI}" in opened.links()
    assert not opened.all("needs-list")


def test_several_tramites_give_one_list_and_every_payment_with_its_code(page: OpenPage) -> None:
    opened = page(VISIT)
    lines = [words(line) for line in opened.one("needs-list").iter("li")]
    assert any(line.startswith("Tu DNI en buen estado.") for line in lines)
    assert sum("Haber pagado la tasa" in line for line in lines) == 2, "two fees are two payments"
    for told in ("En la oficina: S/ 35.00", "era azul, el monto está por confirmar", "No pagues otro monto"):
        assert told in opened.text
    assert "S/ 120.90" in opened.text
    assert [words(e) for e in opened.all("strong", **{"class": "code"})] == ["00522", "01810"]


@pytest.mark.parametrize(("locale", "mark"), [("es", "por confirmar"), ("qu", "chiqapchanaraq")])
def test_what_nobody_confirmed_is_said_to_be_so_beside_the_list_and_beside_each_fee(
    page: OpenPage, locale: str, mark: str
) -> None:
    opened = page(f"/{locale}/visita/?t={DNI}&t={PASSPORT}")
    fees = {
        codigo: row
        for row in opened.one("main").iter("li")
        for codigo in (DNI, PASSPORT)
        if f"/{locale}/tramites/{codigo}/#costo" in [a.get("href") for a in row.iter("a")]
    }
    assert [words(small) for small in fees[DNI].iter("small")] == [mark], "one open amount hid the doubt"
    assert not list(fees[PASSPORT].iter("small"))
    notice = words(opened.all("p", **{"class": "notice doubt"})[0])
    names = {codigo: words(next(row.iter("a"))) for codigo, row in fees.items()}
    assert names[DNI] in notice
    assert names[PASSPORT] not in notice


def test_what_two_tramites_ask_for_in_the_same_words_is_listed_once(page: OpenPage) -> None:
    lines = [
        words(e)
        for e in page(f"/es/visita/?t={SIS}&t=mininter-antecedentes-policiales&t={SIS}")
        .one("needs-list")
        .iter("li")
    ]
    assert len(lines) == len(set(lines))


def test_it_says_that_nobody_knows_where_all_is_done_until_all_say_where(page: OpenPage) -> None:
    assert "No sabemos en qué centro se hacen todos" in page(VISIT).text
    at(DNI, "centro-mac-piura", "centro-mac-callao")
    assert "No sabemos en qué centro se hacen todos" in page(VISIT).text
    at(PASSPORT, "centro-mac-piura")
    opened = page(VISIT)
    assert "/es/sedes/centro-mac-piura/" in opened.links()
    assert "/es/sedes/centro-mac-callao/" not in opened.links()
    at(PASSPORT, "centro-mac-cusco")
    assert "Ningún centro que conocemos los hace todos" in page(VISIT).text


def test_one_can_be_taken_out_and_another_added(page: OpenPage) -> None:
    opened = page(VISIT)
    assert f"?t={PASSPORT}" in opened.links()
    assert f"?t={DNI}" in opened.links()
    assert f"?t={DNI}&t={PASSPORT}&t={SIS}" in page(f"{VISIT}&q=sis+gratuito").links()


def test_what_is_not_public_is_left_out_and_a_visit_has_an_end(page: OpenPage) -> None:
    many = "&".join(f"t=no-existe-{number}" for number in range(3))
    opened = page(f"/es/visita/?{many}&t={DNI}")
    assert "no-existe" not in opened.text
    assert f"/es/tramites/{DNI}/" in opened.links()


def test_a_moment_of_life_lists_what_goes_with_it_in_order(page: OpenPage) -> None:
    opened = page("/es/momentos/busco-trabajo/")
    listed = [link for link in opened.links() if link.startswith("/es/tramites/") and link.count("/") == 4]
    assert listed == [
        f"/es/tramites/{c}/"
        for c in (
            "mininter-antecedentes-policiales",
            "pj-antecedentes-penales",
            "inpe-antecedentes-judiciales",
        )
    ]
    assert any(link.startswith("/es/visita/?t=mininter") for link in opened.links())
    assert words(page("/qu/momentos/busco-trabajo/").one("h1")) == "Llamkayta maskachkani"


def test_a_moment_nobody_knows_or_without_public_fichas_is_not_found(page: OpenPage) -> None:
    page("/es/momentos/nada/", status=404)
    page("/es/momentos/quiero-manejar/", status=404)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/es/sugerencias/?q=dup", DNI),
        ("/es/sugerencias/?q=pasap", PASSPORT),
        ("/es/sugerencias/?q=pazaporte", PASSPORT),
        ("/es/sugerencias/?q=antecedentes+penal", "pj-antecedentes-penales"),
        ("/qu/sugerencias/?q=DNIyta+chinkachirquni", DNI),
    ],
)
def test_suggestions_come_for_what_is_being_typed_with_typos_and_in_quechua(
    client: object, seeded: None, path: str, wanted: str
) -> None:
    response = client.get(path)  # type: ignore[attr-defined]
    assert f'href="{path[:3]}/tramites/{wanted}/"' in response.content.decode()
    assert "<html" not in response.content.decode()


def test_nothing_typed_suggests_nothing(client: object, seeded: None) -> None:
    assert "<li>" not in client.get("/es/sugerencias/").content.decode()  # type: ignore[attr-defined]


def test_centres_are_found_by_touching_a_region_or_by_its_name(page: OpenPage) -> None:
    opened = page("/es/sedes/")
    svg = "{http://www.w3.org/2000/svg}"
    drawn = {e.get("href") for e in opened.one(f"{svg}svg", **{"class": "map"}).iter(f"{svg}a")}
    opened_already = Sede.objects.exclude(region=None).exclude(estado="en_implementacion")
    known = set(opened_already.values_list("region", flat=True))
    assert len(drawn) == len(known) > 10
    assert drawn <= set(opened.links()), "the list beside the map does not do the same"
    # On a small phone the map fills the screen: a touch leads below it, to what is there.
    assert "?region=Cusco#centros" in drawn
    cusco = page("/es/sedes/?region=Cusco")
    assert "Centro MAC Cusco" in words(cusco.by_id("centros"))
    assert words(cusco.one("h1")) == "Centros MAC en Cusco"
    assert "/es/sedes/centro-mac-piura/" not in cusco.links()
    assert "De las otras regiones no tenemos centros confirmados" in cusco.text


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("es", "Todavía no había abierto (diciembre de 2023): llama al 1800"),
        ("qu", "Manaraqmi kichasqachu karqan (diciembre killa 2023 wata)"),
    ],
)
def test_a_centre_that_had_not_opened_is_told_apart_and_counted_nowhere(
    page: OpenPage, locale: str, said: str
) -> None:
    pending = set(Sede.objects.filter(estado="en_implementacion").values_list("codigo", flat=True))
    assert "centro-mac-puno" in pending
    lists = page(f"/{locale}/sedes/").all("ul", **{"class": "rows"})
    listed = [{str(a.get("href")).split("/")[3] for a in rows.iter("a")} for rows in lists]
    assert listed[-1] == pending
    assert not listed[0] & pending
    assert all(said in words(row) for row in lists[-1].iter("li"))
    assert str(len(listed[0])) in re.findall(r"\d+", page(f"/{locale}/").text), "home counts another number"
    puno = page(f"/{locale}/sedes/?region=Puno")
    assert said in puno.text
    svg = "{http://www.w3.org/2000/svg}"
    coloured = {a.get("href") for a in puno.one(f"{svg}svg", **{"class": "map"}).iter(f"{svg}a")}
    assert coloured
    assert not any("Ayacucho" in str(href) for href in coloured)


def test_a_centre_lists_what_is_known_to_be_done_there_and_says_when_nothing_is(page: OpenPage) -> None:
    assert "No sabemos qué trámites se hacen aquí" in words(
        page("/es/sedes/centro-mac-piura/").by_id("tramites")
    )
    at(DNI, "centro-mac-piura")
    assert "Duplicado del DNIe" in words(page("/es/sedes/centro-mac-piura/").by_id("tramites"))
    assert "Duplicado del DNIe" not in words(page("/es/sedes/centro-mac-callao/").by_id("tramites"))


def test_a_holiday_of_this_week_is_told_where_hours_are_known(page: OpenPage) -> None:
    today = datetime.now(LIMA).date()
    Feriado.objects.filter(fecha__range=(today, today + timedelta(days=7))).delete()
    assert "es feriado" not in page("/es/sedes/").text
    Feriado.objects.create(
        fecha=today + timedelta(days=2), nombre="Día de prueba", nombre_qu="Prueba punchaw"
    )
    for path in ("/es/sedes/", "/es/sedes/centro-mac-piura/"):
        assert "es feriado: Día de prueba" in page(path).text
    assert "Prueba punchaw" in page("/qu/sedes/").text
    assert "es feriado" not in page("/es/sedes/tambo-camicachi/").text


def test_a_visit_says_what_comes_first_and_that_nothing_is_paid_before_one_knows_it_will_do(
    page: OpenPage,
) -> None:
    opened = page(VISIT)
    headings = [words(e) for e in opened.one("main").iter("h2")]
    assert [h.partition(":")[0] for h in headings[1:4]] == ["Primero", "Después", "Al final"]
    kinds = [words(e) for e in opened.one("needs-list").iter("h3")]
    assert kinds[:2] == ["Lleva esto primero", "Revisa que se cumpla"]
    assert kinds[-1] == "Paga antes"
    assert "#costo" in [e.get("href") for e in opened.one("needs-list").iter("a")]


def test_a_visit_is_sent_as_a_short_text_without_a_fee_that_could_grow_old(page: OpenPage) -> None:
    links = [link for link in page(VISIT).links() if link.startswith(("https://wa.me/", "sms:"))]
    assert len(links) == 2
    for link in links:
        sent = unquote(link.partition("=")[2])
        assert "Duplicado del DNIe" in sent
        assert sent.endswith(VISIT)
        assert "S/" not in sent
        assert len(sent) <= 306, "more than two SMS"


def test_in_quechua_it_is_said_once_which_fichas_are_in_spanish_before_they_are_opened(
    page: OpenPage,
) -> None:
    in_quechua = published(DNI).tramite
    assert in_quechua.nombre_qu
    mixed = page(f"/qu/visita/?t={DNI}&t={BASIC}")
    assert mixed.text.count("Maypichus «castellanopi» nin") == 1
    row = next(
        li
        for li in mixed.one("main").iter("li")
        if f"/qu/tramites/{BASIC}/" in [a.get("href") for a in li.iter("a")]
    )
    assert "castellanopi" in words(row)
    only = page(f"/qu/visita/?t={BASIC}")
    assert "castellanollapiraqmi" in only.text
    assert "Maypichus" not in page(f"/qu/visita/?t={DNI}").text
    assert "castellano" not in page(f"/es/visita/?t={BASIC}").text.partition("Primero")[0]


@pytest.mark.parametrize("path", ["tramites/", "buscar/?q=dni", ""])
def test_lists_in_quechua_say_which_are_in_spanish(page: OpenPage, path: str) -> None:
    opened = page(f"/qu/{path}")
    spanish = [
        e
        for e in opened.one("main").iter("a")
        if str(e.get("href")).startswith("/qu/tramites/")
        and any(s.get("lang") == "es" for s in e.iter("span"))
    ]
    marked = [e for e in spanish if "castellanopi" in words(e)]
    assert opened.text.count("castellanollapiraqmi") + opened.text.count("Maypichus «castellanopi» nin") == (
        1 if spanish else 0
    )
    assert marked in (spanish, [])


def test_the_day_all_centres_were_confirmed_is_said_once_and_else_with_each(page: OpenPage) -> None:
    centres = Sede.objects.filter(es_centro=True)
    centres.update(confirmado="2023-12")
    told = "Por confirmar: estos datos son de"
    assert page("/es/sedes/").text.count(told) == 1
    assert "Confirmado:" not in page("/es/sedes/").text, "the page of each centre says it is not confirmed"
    assert "Por confirmar" in page("/es/sedes/centro-mac-piura/").text
    first = centres.filter(estado="operativo").first()
    assert first is not None
    Sede.objects.filter(pk=first.pk).update(confirmado="2025-01")
    assert page("/es/sedes/").text.count(told) == centres.filter(estado="operativo").count()


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_ones_document_comes_first_and_once_for_all_that_ask_for_it(page: OpenPage, locale: str) -> None:
    """Whoever says «Tu DNI.» and who says «El DNI.» asks for the same thing; one that must be in good shape does not."""
    asked = published(SIS).ficha
    other = published(POLICE).ficha
    key = next(k for k, text in asked.es.items() if k.startswith("requisitos.") and "DNI" in text)
    also = next(k for k, text in other.es.items() if k.startswith("requisitos.") and "DNI" in text)
    publish_ficha(asked.model_copy(update={"es": {**asked.es, key: "El DNI."}}), by=None)
    publish_ficha(other.model_copy(update={"es": {**other.es, also: "Tu DNI."}}), by=None)
    opened = page(f"/{locale}/visita/?t={PASSPORT}&t={SIS}&t={POLICE}")
    first = opened.one("needs-list").find(".//ul")
    assert first is not None
    lines = [words(line) for line in first.iter("li")]
    names = [published(codigo).ficha.name(locale) for codigo in (SIS, POLICE)]
    assert all(name in lines[0] for name in names), "what serves for two stands before what serves for one"
    assert published(PASSPORT).ficha.name(locale) in lines[1]
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("locale", "said"), [("es", "Esta lista es del"), ("qu", "Kay listaqa kay punchawpaqmi")]
)
def test_a_list_that_is_printed_says_of_which_day_it_is(page: OpenPage, locale: str, said: str) -> None:
    opened = page(f"/{locale}/visita/?t={DNI}")
    today = date_text(datetime.now(LIMA).date(), locale)
    dated = [words(e) for e in opened.one("main").iter("p") if said in words(e)]
    assert len(dated) == 1
    assert today in dated[0]


@pytest.mark.parametrize(
    ("locale", "opened", "said"),
    [
        ("es", "Abierto ahora", "Un aviso dice que está cerrado"),
        ("qu", "Kunan kichasqa", "Huk willakuymi wichqasqa"),
    ],
)
def test_a_centre_that_a_notice_says_is_closed_is_called_open_nowhere(
    client: Client, page: OpenPage, locale: str, opened: str, said: str
) -> None:
    centre = Sede.objects.get(codigo="centro-mac-piura")
    centre.horario.all().delete()
    for holiday in (False, True):
        centre.horario.create(
            dias=list(range(1, 8)), en_feriados=holiday, abre=time(0, 0), cierra=time(23, 59, 59)
        )
    api, at_home = "/api/v1/sedes/centro-mac-piura", f"/{locale}/sedes/centro-mac-piura/"
    at(DNI, centre.codigo)
    places = (at_home, f"/{locale}/sedes/?region=Piura", f"/{locale}/tramites/{DNI}/")
    assert all(opened in page(path).text for path in places)
    assert client.get(api).json()["abierto_ahora"] is True
    notice("Cerrado", tipo=Tipo.CENTRO_CERRADO, sedes=[centre.codigo])
    for path in places:
        assert said in page(path).text
    assert opened not in page(at_home).text
    assert client.get(api).json()["abierto_ahora"] is False
    assert said in text_of(told_place(centre, locale, datetime.now(LIMA)))


def test_a_notice_about_a_centre_is_on_the_page_of_its_region(page: OpenPage) -> None:
    notice("Cerrado por huaico", tipo=Tipo.CENTRO_CERRADO, sedes=["centro-mac-cusco"])
    assert "Cerrado por huaico" in page("/es/sedes/?region=Cusco").text
    assert "Cerrado por huaico" not in page("/es/sedes/?region=Piura").text


def test_a_notice_about_an_office_that_attends_is_on_the_list_of_the_visit(page: OpenPage) -> None:
    ficha = published(POLICE).ficha
    office = Oficina(entidad="sunarp")
    offices = ficha.hechos.model_copy(update={"oficinas": [office]})
    publish_ficha(ficha.model_copy(update={"hechos": offices}), by=None)
    notice("Sin sistema", entidades=["sunarp"])
    assert "Sin sistema" in page(f"/es/tramites/{POLICE}/").text
    assert "Sin sistema" in page(f"/es/visita/?t={POLICE}&t={DNI}").text
    assert "Sin sistema" not in page(f"/es/visita/?t={DNI}").text


@pytest.mark.parametrize("wanted", ["El documento original.", "La solicitud."])
def test_a_paper_that_each_counter_keeps_is_on_the_list_for_each(page: OpenPage, wanted: str) -> None:
    for codigo in (SIS, POLICE):
        ficha = published(codigo).ficha
        row = next(row for row in ficha.hechos.requisitos if row.tipo == "documento")
        publish_ficha(
            ficha.model_copy(update={"es": {**ficha.es, f"requisitos.{row.clave}": wanted}}), by=None
        )
    lines = [words(e) for e in page(f"/es/visita/?t={SIS}&t={POLICE}").one("needs-list").iter("li")]
    asked = [line for line in lines if line.startswith(wanted)]
    assert len(asked) == 2
    assert all(sum(published(one).ficha.name("es") in line for one in (SIS, POLICE)) == 1 for line in asked)


def test_what_one_of_two_requires_is_not_called_needed_only_in_some_cases(page: OpenPage) -> None:
    for codigo, required in ((SIS, False), (POLICE, True)):
        ficha = published(codigo).ficha
        row = next(row for row in ficha.hechos.requisitos if row.tipo == "documento")
        rows = [row.model_copy(update={"obligatorio": required})]
        facts = ficha.hechos.model_copy(update={"requisitos": rows})
        texts = {key: text for key, text in ficha.es.items() if not key.startswith("requisitos.")}
        told = {**texts, f"requisitos.{row.clave}": "Tu DNI."}
        publish_ficha(ficha.model_copy(update={"hechos": facts, "es": told}), by=None)
    assert "Solo si es tu caso" in page(f"/es/visita/?t={SIS}").text
    assert "Solo si es tu caso" not in page(f"/es/visita/?t={SIS}&t={POLICE}").text


def test_a_tick_is_kept_for_every_tramite_that_asks_for_the_thing(page: OpenPage) -> None:
    for codigo in (SIS, POLICE):
        ficha = published(codigo).ficha
        key = next(k for k, text in ficha.es.items() if k.startswith("requisitos.") and "DNI" in text)
        publish_ficha(ficha.model_copy(update={"es": {**ficha.es, key: "Tu DNI."}}), by=None)
    own = {
        codigo: {
            f"{codigo}/{line.get('data-key')}"
            for line in page(f"/es/tramites/{codigo}/").one("needs-list").iter("li")
        }
        for codigo in (SIS, POLICE)
    }
    lines = [
        set(str(line.get("data-places")).split())
        for line in page(f"/es/visita/?t={SIS}&t={POLICE}").one("needs-list").iter("li")
    ]
    assert set().union(*lines) == own[SIS] | own[POLICE]
    assert sum(bool(places & own[SIS] and places & own[POLICE]) for places in lines) == 1


def test_a_tramite_that_was_withdrawn_is_named_as_such_with_what_stands_in_its_place(
    client: Client, page: OpenPage
) -> None:
    withdraw(PASSPORT, why="Se reemplazó.", replaced_by=SIS, by=None)
    opened = page(VISIT)
    said = words(opened.all("p", **{"class": "notice"})[0])
    assert "Este trámite ya no está publicado" in said
    assert published(SIS).ficha.name("es") in opened.text
    assert f"/es/tramites/{PASSPORT}/" in opened.links()
    assert f"?t={DNI}&t={SIS}" in opened.links()
    heard = client.get(VISIT.replace("visita/", "escuchar-pagina/visita.json")).json()["sentences"]
    assert any("ya no está publicado" in text for _at, text in heard)


def test_a_centre_that_has_not_opened_is_never_called_open(page: OpenPage) -> None:
    puno = Sede.objects.get(codigo="centro-mac-puno")
    Sede.objects.filter(pk=puno.pk).update(horario_conocido=True)
    for holiday in (False, True):
        puno.horario.create(
            dias=list(range(1, 8)), en_feriados=holiday, abre=time(0, 0), cierra=time(23, 59, 59)
        )
    at(DNI, puno.codigo)
    for path in ("/es/sedes/centro-mac-puno/", f"/es/tramites/{DNI}/"):
        assert "Abierto ahora" not in page(path).text
        assert "Todavía no había abierto" in page(path).text


def test_every_holiday_of_this_week_is_told_and_only_where_it_changes_the_hours(page: OpenPage) -> None:
    today = datetime.now(LIMA).date()
    week = (today, today + timedelta(days=7))
    Feriado.objects.filter(fecha__range=week).delete()
    centre = Sede.objects.get(codigo="centro-mac-piura")
    centre.horario.filter(en_feriados=False).delete()
    centre.horario.create(dias=list(range(1, 8)), abre=time(8, 0), cierra=time(8, 30), en_feriados=False)
    for ahead in (1, 2):
        Feriado.objects.create(fecha=today + timedelta(days=ahead), nombre=f"Día {ahead}")
    for path in ("/es/sedes/", "/es/sedes/centro-mac-piura/"):
        assert all(f"es feriado: Día {ahead}" in page(path).text for ahead in (1, 2))
    assert "es feriado" not in page("/es/sedes/alo-mac-express/").text
