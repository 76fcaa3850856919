"""Whatever goes wrong under /api/v1/ is said as a problem document, in the language that was asked for."""

import re

import pytest
from django.test import Client

from cms.api import content
from tests.integration.portal.checking import checked

pytestmark = pytest.mark.django_db
API = "/api/v1"
# What pydantic and Django say where nobody has put it in the reader's words.
ENGLISH = re.compile(r"\b(should|input|value|not found|allowed|error)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/tramites?tema=zzz", 404, "ningún tema"),
        ("/tramites/reniec-dni-duplicado?en=0", 422, "fecha, así"),
        ("/tramites/reniec-dni-duplicado?en=1700000000", 422, "fecha, así"),
        ("/tramites/reniec-dni-duplicado/aspectos/costo?en=0", 422, "fecha, así"),
        ("/export/tramites.csv?entidad=reniec", 422, "siempre entero"),
        ("/export/tramites.jsonl?limit=5", 422, "siempre entero"),
    ],
)
def test_what_cannot_be_done_is_said_and_not_left_out(
    client: Client, path: str, status: int, said: str
) -> None:
    response = client.get(API + path)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert said in response.content.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tramites/a%00b", 404),
        ("/entidades/%00", 404),
        ("/sedes/%00", 404),
        ("/tramites?tema=%00", 400),
        ("/tramites?q=dni%00", 400),
        ("/sedes?region=%00", 400),
    ],
)
def test_a_nul_reaches_no_database(client: Client, path: str, status: int) -> None:
    response = client.get(API + path)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("locale", "said"), [("es", "no se puede leer"), ("qu", "ñawinchayta")])
@pytest.mark.parametrize(
    "path", ["tramites/?tema=%00", "sedes/?region=%00", "buscar/?q=%00", "chat/?codigo=%00"]
)
def test_a_page_asked_for_with_a_nul_says_so(client: Client, locale: str, said: str, path: str) -> None:
    response = client.get(f"/{locale}/{path}")
    assert response.status_code == 400
    assert said in checked(response, locale).text


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_page_whose_address_has_a_nul_is_not_there(client: Client, locale: str) -> None:
    response = client.get(f"/{locale}/tramites/a%00b/")
    assert response.status_code == 404
    checked(response, locale)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/nada", 404),
        ("get", "/tramites/", 404),
        ("get", "/conversations/una/dos/tres", 404),
        ("post", "/tramites", 405),
        ("delete", "/sedes/centro-mac-piura", 405),
        ("put", "/conversations", 405),
        ("get", "/tramites/no-existe", 404),
        ("get", "/search?limit=0", 422),
    ],
)
def test_every_error_is_a_problem_in_the_language_asked_for(
    client: Client, method: str, path: str, status: int
) -> None:
    titles = []
    for locale in ("es", "qu"):
        response = getattr(client, method)(f"{API}{path}{'&' if '?' in path else '?'}locale={locale}")
        assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
        assert response["Content-Language"] == locale
        assert response.json()["status"] == status
        titles.append(response.json()["title"])
        assert not ENGLISH.search(response.content.decode()), response.content
    assert titles[0] != titles[1]


def test_a_method_that_is_refused_says_which_are_not(client: Client) -> None:
    assert "GET" in client.post(f"{API}/tramites")["Allow"]


def test_a_fault_of_ours_is_a_problem_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("a fault made for this test")

    monkeypatch.setattr(content, "find", fail)
    client.raise_request_exception = False
    response = client.get(f"{API}/search?q=dni")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")


@pytest.mark.parametrize("path", ["/tramites", "/tramites/osce-rnp", "/sedes", "/openapi.json"])
def test_what_can_be_read_can_be_asked_about_without_its_body(client: Client, path: str) -> None:
    whole, head = client.get(API + path), client.head(API + path)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]
    assert head["Content-Length"] == str(len(whole.content))


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_an_answer_says_its_language(client: Client, locale: str) -> None:
    assert client.get(f"{API}/tramites?locale={locale}")["Content-Language"] == locale


@pytest.mark.parametrize(
    ("query", "where", "es"),
    [
        ("/tramites?limit=muchos", "limit", "Tiene que ser un número entero."),
        ("/tramites?limit=100000", "limit", "Tiene que ser 200 o menos."),
        ("/tramites?limit=0", "limit", "Tiene que ser 1 o más."),
        ("/tramites?publico=nadie", "publico", "Tiene que ser uno de estos: personas, empresas."),
        ("/tramites?locale=fr", "locale", "Tiene que ser uno de estos: es, qu."),
        ("/tramites/osce-rnp?en=ayer", "en", "Tiene que ser una fecha, así: 2026-11-20."),
        ("/tramites/osce-rnp?en=2026-13-45", "en", "Tiene que ser una fecha, así: 2026-11-20."),
        (f"/search?q={'a' * 4001}", "q", "Es demasiado largo: puede tener hasta 4000 caracteres."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(client: Client, query: str, where: str, es: str) -> None:
    spanish = client.get(API + query).json()["errors"]
    assert [(row["where"].rpartition(".")[2], row["what"]) for row in spanish] == [(where, es)]
    if "locale=" not in query:
        separator = "&" if "?" in query else "?"
        quechua = client.get(f"{API}{query}{separator}locale=qu").json()["errors"]
        assert quechua[0]["what"] != es
        assert not ENGLISH.search(quechua[0]["what"])


def test_a_revision_there_is_not_is_told_from_a_ficha_there_is_not(client: Client) -> None:
    title = client.get(f"{API}/tramites/osce-rnp?revision=99").json()["title"]
    assert title == "Este trámite no tiene esa revisión."
    gone = client.get(f"{API}/tramites/no-existe?revision=99").json()["title"]
    assert gone == "No hay ningún trámite publicado con ese código."
