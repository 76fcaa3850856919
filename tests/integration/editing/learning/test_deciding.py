"""A person decides what is learnt; nothing is learnt, or named, by itself."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.editing.learning import operations
from cms.editing.learning.collecting import collect
from cms.editing.learning.errors import Refused
from cms.editing.learning.exporting import export
from cms.editing.learning.models import INTENTS, Candidato, Ejemplo
from cms.editing.learning.queries import candidates
from cms.tramites.models import FichaPage
from cms.tramites.queries import published
from tests.integration.editing.learning.conftest import Talk

pytestmark = pytest.mark.django_db
DNI = "reniec-dni-duplicado"


@pytest.fixture
def one(seeded: None) -> Candidato:
    Talk().wrote("cuanto me sale mi plastiquito").failed()
    collect()
    return candidates().get()


def post(client: Client, one: Candidato, action: str, **fields: str) -> str:
    data = {"texto": one.texto, "nombre": "", "intencion": "costo", "codigo": "", "accion": action, **fields}
    address = reverse("learning:candidate", args=[one.pk])
    return client.post(address, data, follow=True).content.decode()


def test_the_screen_shows_what_was_written_and_how_often(client, one, rosa):
    client.force_login(rosa)
    page = client.get(reverse("learning:index")).content.decode()
    assert "cuanto me sale mi plastiquito" in page
    assert "no se entendió: 1" in page
    assert "Aprendizaje" in client.get(reverse("wagtailadmin_home")).content.decode()
    filtered = client.get(reverse("learning:index"), {"idioma": "qu"}).content.decode()
    assert "plastiquito" not in filtered


@pytest.mark.parametrize("name", ["diego", "carlos"])
def test_who_has_no_such_role_sees_and_decides_nothing(client, one, request, name):
    somebody = request.getfixturevalue(name)
    client.force_login(somebody)
    for address in (reverse("learning:index"), reverse("learning:candidate", args=[one.pk])):
        response = client.get(address, follow=True)
        assert "plastiquito" not in response.content.decode()
    with pytest.raises(Refused):
        operations.reject(candidate_id=one.pk, by=somebody)
    assert candidates().get() == one


def test_an_accepted_example_is_trained_on_with_its_name_marked(
    client, one, rosa, django_capture_on_commit_callbacks
):
    client.force_login(rosa)
    with django_capture_on_commit_callbacks(execute=True):
        page = post(client, one, "ejemplo", nombre="mi plastiquito")
    assert "próximo entrenamiento" in page
    written = yaml.safe_load((Path(settings.DATA_DIR) / "nlu" / "es" / "aceptados.yml").read_text())
    assert written == {
        "version": "3.1",
        "nlu": [{"intent": "costo", "examples": "- cuanto me sale [mi plastiquito](tramite)\n"}],
    }
    entry = Entry.objects.get(what="learning.accepted")
    assert entry.by == rosa
    assert "plastiquito" not in f"{entry.subject}{entry.detail}"
    assert not candidates().exists()
    assert Candidato.objects.get().texto == ""


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"texto": "cuanto me sale ***"}, "asteriscos"),
        ({"texto": "mi dni 45678912 cuanto me sale"}, "datos de personas"),
        ({"texto": "cuanto [sale](tramite)"}, "corchetes"),
        ({"texto": ""}, "Escribe el texto"),
        ({"nombre": "otra cosa"}, "no están en el texto"),
        ({"intencion": ""}, "Elige qué se pregunta"),
    ],
)
def test_what_would_teach_wrongly_is_refused_with_the_reason(client, one, rosa, fields, why):
    client.force_login(rosa)
    assert why in post(client, one, "ejemplo", **fields)
    assert not Ejemplo.objects.exists()
    assert candidates().get() == one


def test_a_quechua_example_takes_somebody_who_speaks_it(one, rosa):
    Candidato.objects.update(idioma="qu")
    rosa.speaks_quechua = False
    with pytest.raises(Refused, match="quechua"):
        operations.accept_example(candidate_id=one.pk, texto="hayk'a", nombre="", intencion="costo", by=rosa)


def test_a_second_decision_on_the_same_question_is_refused(one, rosa):
    operations.reject(candidate_id=one.pk, by=rosa)
    with pytest.raises(Refused, match="ya decidió"):
        operations.accept_example(candidate_id=one.pk, texto="hola ya", nombre="", intencion="costo", by=rosa)


def test_a_name_people_say_waits_in_the_draft_for_review(client, one, rosa):
    client.force_login(rosa)
    before = published(DNI).ficha.hechos.alias.es
    page = post(client, one, "nombre", nombre="plastiquito", codigo=DNI)
    assert "vale cuando se revise" in page
    draft = FichaPage.objects.get(codigo=DNI).get_latest_revision_as_object()
    assert draft.alias_es.splitlines()[-1] == "plastiquito"
    assert set(before) <= set(draft.alias_es.splitlines())
    assert published(DNI).ficha.hechos.alias.es == before
    assert Entry.objects.get(what="learning.name_proposed").subject == DNI


def test_a_name_the_ficha_has_is_not_proposed_twice(one, rosa):
    name = published(DNI).ficha.hechos.alias.es[0]
    with pytest.raises(Refused, match="ya tiene"):
        operations.propose_name(candidate_id=one.pk, nombre=name.upper(), codigo=DNI, by=rosa)


def test_a_ficha_under_review_is_left_as_it_was_sent(one, rosa):
    page = FichaPage.objects.get(codigo=DNI)
    page.save_revision(user=rosa)
    page.get_workflow().start(page, rosa)
    with pytest.raises(Refused, match="en revisión"):
        operations.propose_name(candidate_id=one.pk, nombre="plastiquito", codigo=DNI, by=rosa)


def test_an_example_taken_back_is_not_trained_on(client, one, rosa, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        example = operations.accept_example(
            candidate_id=one.pk, texto=one.texto, nombre="", intencion="costo", by=rosa
        )
    path = Path(settings.DATA_DIR) / "nlu" / "es" / "aceptados.yml"
    assert path.exists()
    client.force_login(rosa)
    assert example.texto in client.get(reverse("learning:examples")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("learning:remove", args=[example.pk]))
    assert not path.exists()


def test_the_export_writes_the_names_in_force_beside_the_examples(one, capsys):
    call_command("export_examples")
    lexicon = (Path(settings.DATA_DIR) / "nlu" / "lexicon.json").read_text()
    assert DNI in lexicon
    assert not (Path(settings.DATA_DIR) / "nlu" / "es").exists()


def test_a_refused_model_is_told_on_the_screen(client, one, rosa):
    folder = Path(settings.DATA_DIR) / "models"
    folder.mkdir()
    (folder / "refused.json").write_text('{"why": "entiende peor el quechua."}')
    client.force_login(rosa)
    assert "entiende peor el quechua." in client.get(reverse("learning:index")).content.decode()


def test_every_intent_is_one_the_assistant_knows():
    domain = Path(settings.ROOT) / "assistant" / "domain" / "intents.yml"
    known = yaml.safe_load(domain.read_text())["intents"]
    assert set(INTENTS) <= set(known)


def test_the_screens_have_no_word_of_a_machine(client, one, rosa):
    client.force_login(rosa)
    page = client.get(reverse("learning:candidate", args=[one.pk])).content.decode()
    main = page[page.index("<main") :]
    assert "Aceptar como ejemplo" in main
    assert not re.search(r"NLU|Rasa|intent\b", re.sub(r"<[^>]+>", " ", main))


def test_many_examples_are_written_as_they_are_read(one, rosa: User):
    Ejemplo.objects.create(texto="q: dónde # va", idioma="qu", huella="a", intencion="donde", by=rosa)
    Ejemplo.objects.create(texto="'cita' sí", idioma="qu", huella="b", intencion="cita", by=rosa)
    assert export() == 2
    written = yaml.safe_load((Path(settings.DATA_DIR) / "nlu" / "qu" / "aceptados.yml").read_text())
    assert [each["examples"] for each in written["nlu"]] == ["- 'cita' sí\n", "- q: dónde # va\n"]
