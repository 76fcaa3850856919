"""The translators' screens, through the real views."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from cms.editing.translation import progress
from cms.editing.translation.models import Avance
from cms.tramites.models import FichaPage, Palabra
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from cms.tramites.schema import seal

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"
NEW = "Pides otra vez tu DNI electrónico porque ya no lo tienes."
LIST = "/admin/traduccion/"


@pytest.fixture
def desk_of(client: Client, tomasa: User) -> Client:
    client.force_login(tomasa)
    return client


@pytest.fixture
def counted(db: None) -> None:
    progress.rebuild()


def publish_spanish(**words: str) -> None:
    ficha = published(CODIGO).ficha
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, **words}}), by=None)


def url(name: str, codigo: str = CODIGO) -> str:
    return reverse(f"translation:{name}", args=[codigo])


def post(client: Client, key: str, texto: str, *, htmx: bool = True, **other: Any) -> HttpResponseBase:
    spanish = other.pop("spanish", None) or published(CODIGO).ficha.es[key]
    row = Palabra.objects.filter(codigo=CODIGO, clave=key, sello=seal(spanish)).first()
    data = {
        "clave": key, "sello": seal(spanish), "edicion": row.edicion if row else 0,
        "variedad": "quy", "accion": "guardar", "texto": texto, **other,
    }  # fmt: skip
    return client.post(url("save"), data, headers={"HX-Request": "true"} if htmx else {})


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_list_tells_what_each_ficha_lacks_the_most_asked_first(desk_of: Client, counted: None) -> None:
    page = text(desk_of.get(LIST))
    assert "Traducción al quechua" in page
    assert url("desk") in page
    asked, seldom = (
        page.index(url("desk", "mininter-antecedentes-policiales")),
        page.index(url("desk", "osce-rnp")),
    )
    assert asked < seldom


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("estado=desactualizado", True),
        ("estado=completa", False),
        ("estado=adelanto", False),
        ("q=duplicado", True),
        ("q=pasaporte", False),
        ("estado=no-hay", True),
    ],
)
def test_the_list_is_narrowed_by_state_and_text(desk_of: Client, query: str, shown: bool) -> None:
    publish_spanish(descripcion=NEW)
    progress.rebuild()
    assert (url("desk") in text(desk_of.get(f"{LIST}?{query}"))) is shown


def test_the_list_is_narrowed_by_entity(desk_of: Client, counted: None) -> None:
    entidad = published(CODIGO).tramite.entidad_id
    page = text(desk_of.get(f"{LIST}?entidad={entidad}"))
    assert url("desk") in page
    assert url("desk", "migraciones-pasaporte") not in page
    assert "exportar/?entidad=reniec" in page


def test_a_list_of_ten_thousand_reads_a_row_for_each_ficha_it_shows_and_no_more(
    desk_of: Client, counted: None, django_assert_max_num_queries: Any
) -> None:
    entidad = published(CODIGO).tramite.entidad
    many = [Avance(codigo=f"ficha-{n}", nombre=f"Ficha {n}", entidad=entidad, falta=n) for n in range(10_000)]
    Avance.objects.bulk_create(many, batch_size=1000)
    desk_of.get(LIST)  # the first request of a process loads templates and addresses
    for query in ("", "?estado=pendiente&p=90", "?ordering=-falta", "?q=9999"):
        with django_assert_max_num_queries(25):
            assert desk_of.get(f"{LIST}{query}").status_code == 200
        assert min(seconds_of_work(desk_of, f"{LIST}{query}") for _ in range(3)) < 1.0


def seconds_of_work(client: Client, address: str) -> float:
    """Of the processor: on a busy machine the clock measures the others."""
    began = time.process_time()
    client.get(address)
    return time.process_time() - began


def test_who_translates_for_one_entity_sees_that_one(
    client: Client, translator_at: Callable[[str], User], counted: None
) -> None:
    user = translator_at("migraciones")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    page = text(client.get(LIST))
    assert url("desk", "migraciones-pasaporte") in page
    assert url("desk") not in page
    assert client.get(url("desk")).status_code == 302
    assert post(client, "descripcion", "Huk rimay.").status_code == 302


def test_strangers_get_no_further_than_the_door(client: Client, diego: User, berta: User) -> None:
    for person in (diego, berta):
        client.force_login(person)
        for address in (LIST, url("desk"), "/admin/traduccion/exportar/", "/admin/traduccion/importar/"):
            assert client.get(address).status_code == 302
        assert post(client, "descripcion", "Huk rimay.").status_code == 302
    assert "Huk rimay." not in str(published(CODIGO).ficha.qu)


def test_the_menu_has_the_desk_and_no_bare_sentences(desk_of: Client) -> None:
    home = text(desk_of.get("/admin/"))
    assert LIST in home
    assert "snippets/tramites/palabra" not in home


def test_the_desk_shows_old_and_new_spanish_with_the_difference(desk_of: Client) -> None:
    old = published(CODIGO).ficha
    publish_spanish(descripcion=old.es["descripcion"].replace("DNI", "documento"))
    page = text(desk_of.get(url("desk")))
    assert "<ins>documento</ins>" in page
    assert "<del>DNI</del>" in page
    assert old.qu["descripcion"].texto in page
    assert "los ciudadanos ven el castellano" in page


def test_a_sentence_is_saved_alone_and_answers_with_itself(desk_of: Client) -> None:
    publish_spanish(descripcion=NEW)
    answer = post(desk_of, "descripcion", "Musuqmantam DNI electrónicoykita mañakunki.")
    assert answer.status_code == 200
    assert text(answer).count("data-frase") == 1
    assert 'hx-swap-oob="true"' in text(answer)
    assert published(CODIGO).ficha.quechua("descripcion").startswith("Musuqmantam")


def test_without_javascript_it_leads_back_to_the_sentence(desk_of: Client) -> None:
    answer = post(desk_of, "descripcion", "Musuqmantam DNIykita mañakunki.", htmx=False)
    assert answer.status_code == 302
    assert "#frase-descripcion-" in answer.headers["Location"]


@pytest.mark.parametrize("htmx", [True, False])
def test_a_refused_sentence_is_still_in_its_box(desk_of: Client, htmx: bool) -> None:
    answer = post(desk_of, "costos.en-linea", "Internetpi <b>paganki</b>.", htmx=htmx)
    assert answer.status_code == 422
    assert "Internetpi &lt;b&gt;paganki&lt;/b&gt;." in text(answer)
    assert "Falta {codigo_pago}, {monto}" in text(answer)


def test_two_translators_at_one_sentence_see_each_other(client: Client, tomasa: User, rita: User) -> None:
    publish_spanish(descripcion=NEW)
    client.force_login(tomasa)
    post(client, "descripcion", "Tomasapa rimaynin.")
    client.force_login(rita)
    met = post(client, "descripcion", "Ritapa rimaynin.", edicion=0)
    assert met.status_code == 409
    assert "Tomasapa rimaynin." in text(met)
    assert "Ritapa rimaynin." in text(met)
    assert 'name="edicion" value="1"' in text(met)
    assert published(CODIGO).ficha.quechua("descripcion") == "Tomasapa rimaynin."
    assert post(client, "descripcion", "Iskayninpa rimaynin.", edicion=1).status_code == 200
    assert published(CODIGO).ficha.quechua("descripcion") == "Iskayninpa rimaynin."


def test_spanish_published_while_somebody_types_costs_no_text(desk_of: Client) -> None:
    old = published(CODIGO).ficha.es["descripcion"]
    publish_spanish(descripcion=NEW)
    answer = post(desk_of, "descripcion", "Ñawpaq rimaymi kay.", spanish=old)
    assert answer.status_code == 200
    assert "El castellano cambió mientras escribías" in text(answer)
    assert "Ñawpaq rimaymi kay." in text(answer)
    assert seal(NEW) in text(answer)
    assert published(CODIGO).ficha.quechua("descripcion") == ""


def test_another_speaker_signs_and_the_translator_is_not_offered_to(
    client: Client, tomasa: User, rita: User
) -> None:
    client.force_login(tomasa)
    own = post(client, "descripcion", "Musuqmantam DNIykita mañakunki.")
    assert "Firmar como revisada" not in text(own)
    assert post(client, "descripcion", "Musuqmantam DNIykita mañakunki.", accion="revisar").status_code == 403
    client.force_login(rita)
    signed = post(client, "descripcion", "Musuqmantam DNIykita mañakunki.", accion="revisar")
    assert "Revisó rita" in text(signed)
    assert published(CODIGO).ficha.qu["descripcion"].estado == "revisado"
    unsaved = post(client, "nombre", "Qillqasqa ichaqa mana waqaychasqa", accion="revisar")
    assert unsaved.status_code == 422


def test_a_sentence_sent_back_is_off_the_page_at_once(client: Client, rita: User) -> None:
    client.force_login(rita)
    said = published(CODIGO).ficha.qu["duda.costo"].texto
    assert post(client, "duda.costo", said, accion="devolver", motivo="").status_code == 422
    assert post(client, "duda.costo", said, accion="devolver", motivo="Dice otra cosa").status_code == 200
    assert said not in text(client.get(f"/qu/tramites/{CODIGO}/"))
    assert said in text(client.get(url("desk")))


def test_a_changed_draft_is_a_second_sentence_and_citizens_keep_the_first(desk_of: Client) -> None:
    standing = published(CODIGO).ficha.quechua("nombre")
    page = FichaPage.objects.get(codigo=CODIGO)
    page.title = "Otro nombre para el duplicado"
    page.save_revision()
    shown = text(desk_of.get(url("desk")))
    assert "Borrador del castellano" in shown
    saved = post(desk_of, "nombre", "Huk suti", spanish="Otro nombre para el duplicado")
    assert saved.status_code == 200
    assert published(CODIGO).ficha.quechua("nombre") == standing


def test_a_draft_that_was_never_public_can_be_translated(desk_of: Client) -> None:
    shelf = FichaPage.objects.get(codigo=CODIGO).get_parent()
    page = FichaPage(title="Trámite nuevo", slug="reniec-nuevo", codigo="reniec-nuevo", live=False)
    shelf.add_child(instance=page)
    page.save_revision()
    progress.rebuild()
    assert url("desk", "reniec-nuevo") in text(desk_of.get(f"{LIST}?estado=falta"))
    shown = text(desk_of.get(url("desk", "reniec-nuevo")))
    assert "se publica junto con la ficha" in shown
    data = {
        "clave": "nombre", "sello": seal("Trámite nuevo"), "edicion": 0,
        "variedad": "quz", "accion": "guardar", "texto": "Musuq mañakuy",
    }  # fmt: skip
    assert desk_of.post(url("save", "reniec-nuevo"), data, headers={"HX-Request": "true"}).status_code == 200
    assert Palabra.objects.get(codigo="reniec-nuevo").variedad == "quz"


def test_the_same_sentence_of_another_ficha_is_offered(desk_of: Client) -> None:
    spanish = published(CODIGO).ficha.es["canales.oficina"]
    quechua = published(CODIGO).ficha.qu["canales.oficina"].texto
    other = published("osce-rnp").ficha
    publish_ficha(other.model_copy(update={"es": {**other.es, "donde": spanish}, "qu": {}}), by=None)
    assert quechua in text(desk_of.get(url("desk", "osce-rnp")))


@pytest.mark.parametrize(
    "broken",
    [
        {"sello": "zz"},
        {"edicion": "-1"},
        {"variedad": "xx"},
        {"accion": "borrar"},
        {"clave": "a" * 200},
        {"edicion": "1e9"},
    ],
)
def test_a_broken_form_is_refused_and_writes_nothing(desk_of: Client, broken: dict[str, str]) -> None:
    before = Palabra.objects.count()
    assert post(desk_of, "descripcion", "Huk rimay.", **broken).status_code == 400
    assert Palabra.objects.count() == before


def test_a_ficha_nobody_has_is_not_found(desk_of: Client) -> None:
    assert desk_of.get(url("desk", "no-existe")).status_code == 404
