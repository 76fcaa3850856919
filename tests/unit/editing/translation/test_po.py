"""Translations out and in again as PO files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.editing.translation import applying, exporting, importing, operations, progress
from cms.editing.translation.models import Importacion
from cms.editing.translation.tasks import apply_imports
from cms.tramites.models import FichaPage, Palabra, Version
from cms.tramites.operations import publish_ficha, save_translations
from cms.tramites.queries import published
from cms.tramites.schema import Traduccion, seal

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"
PLAIN = "osce-rnp"  # has no Quechua in the seed
NEW = "Pides otra vez tu DNI porque ya no lo tienes."


def publish_spanish(**words: str) -> None:
    ficha = published(CODIGO).ficha
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, **words}}), by=None)


def exported(*codes: str) -> polib.POFile:
    return polib.pofile(exporting.export(codes or [CODIGO]))


def entry(file: polib.POFile, key: str, codigo: str = CODIGO) -> polib.POEntry:
    return next(e for e in file if e.msgctxt == f"{codigo}/{key}")


def read(file: polib.POFile | str, by: User) -> importing.Lectura:
    return importing.read(str(file).encode(), by=by, variedad="quy")


def kept(found: importing.Lectura, by: User) -> Importacion:
    return Importacion.objects.create(archivo="x.po", entradas=found.entradas, informe=found.informe(), by=by)


def apply(found: importing.Lectura, by: User) -> tuple[int, int]:
    """(written, left) after a yes."""
    importacion = kept(found, by)
    applying.confirm(importacion, by=by)
    assert applying.apply_confirmed() == 1
    importacion.refresh_from_db()
    assert (importacion.estado, importacion.entradas) == ("aplicada", [])
    return importacion.escritas, importacion.hechas - importacion.escritas


def test_a_ficha_leaves_with_every_sentence_and_what_there_is_of_it() -> None:
    ficha = published(CODIGO).ficha
    file = exported()
    assert {e.msgctxt: e.msgid for e in file} == {f"{CODIGO}/{key}": text for key, text in ficha.es.items()}
    assert entry(file, "nombre").msgstr == ficha.qu["nombre"].texto
    assert not [e for e in file if e.fuzzy]
    assert file.metadata["Language"] == "qu"


def test_the_outdated_is_fuzzy_with_the_spanish_it_translated() -> None:
    old = published(CODIGO).ficha
    publish_spanish(descripcion=NEW)
    stale = entry(exported(), "descripcion")
    assert stale.fuzzy
    assert (stale.msgid, stale.previous_msgid, stale.msgstr) == (
        NEW,
        old.es["descripcion"],
        old.qu["descripcion"].texto,
    )


def test_a_machine_draft_is_fuzzy() -> None:
    publish_spanish(descripcion=NEW)
    draft = Traduccion(texto="Makinapa rimaynin", sello=seal(NEW), estado="borrador")
    save_translations(CODIGO, {"descripcion": draft}, by=None)
    assert entry(exported(), "descripcion").fuzzy
    assert entry(exported(), "descripcion").msgstr == "Makinapa rimaynin"


def test_what_left_and_comes_back_untouched_changes_nothing(tomasa: User) -> None:
    publish_spanish(descripcion=NEW)
    found = read(exported(CODIGO, PLAIN), tomasa)
    assert found.entradas == []
    assert {line.tipo for line in found.lineas} == {"igual", "atrasada", "vacia"}
    assert found.informe()["cuentas"]["atrasada"] == 1


def test_an_outdated_sentence_cleared_without_a_change_is_told_in_the_report(tomasa: User) -> None:
    publish_spanish(descripcion=NEW)
    file = exported(CODIGO, PLAIN)
    entry(file, "descripcion").flags = []
    found = read(file, tomasa)
    line = next(line for line in found.lineas if line.tipo == "al_dia")
    assert "sigue valiendo" in line.avisos[0]
    assert line.antes == line.texto
    assert found.informe()["con_avisos"] == 1


def test_an_import_writes_nothing_until_somebody_says_yes(tomasa: User) -> None:
    publish_spanish(descripcion=NEW)
    file = exported(CODIGO, PLAIN)
    mended = entry(file, "descripcion")
    mended.msgstr, mended.flags = "Musuqmantam mañakunki.", []
    entry(file, "nombre", PLAIN).msgstr = "Musuq suti"
    versions = Version.objects.count()
    found = read(file, tomasa)
    assert sorted(line.tipo for line in found.lineas if line.tipo not in ("igual", "vacia")) == [
        "al_dia",
        "nueva",
    ]
    importacion = kept(found, tomasa)
    assert (Version.objects.count(), published(CODIGO).ficha.quechua("descripcion")) == (versions, "")
    applying.confirm(importacion, by=tomasa)
    assert apply_imports() == 1
    assert published(CODIGO).ficha.quechua("descripcion") == "Musuqmantam mañakunki."
    assert published(PLAIN).ficha.quechua("nombre") == "Musuq suti"
    assert Version.objects.count() == versions + 2
    assert Palabra.objects.get(codigo=PLAIN, clave="nombre").by == tomasa
    assert Entry.objects.filter(what="translation.import_confirmed", by=tomasa).exists()
    assert Entry.objects.filter(what="translation.saved", by=tomasa).count() == 2
    with pytest.raises(applying.AlreadyDecided):
        applying.confirm(importacion, by=tomasa)
    assert apply_imports() == 0


def test_a_fuzzy_entry_becomes_a_draft_nobody_sees_and_never_replaces_a_person(tomasa: User) -> None:
    file = exported(CODIGO, PLAIN)
    guess, standing = entry(file, "nombre", PLAIN), entry(file, "nombre")
    guess.msgstr, guess.flags = "Makinapa rimaynin", ["fuzzy"]
    standing.msgstr, standing.flags = "Makinapa rimaynin", ["fuzzy"]
    found = read(file, tomasa)
    assert [line.tipo for line in found.lineas if line.texto == "Makinapa rimaynin"] == ["igual", "borrador"]
    assert apply(found, tomasa) == (1, 0)
    assert published(PLAIN).ficha.quechua("nombre") == ""
    assert Palabra.objects.get(codigo=PLAIN, clave="nombre").estado == "borrador"


@pytest.mark.parametrize(
    ("context", "msgid", "msgstr", "reason"),
    [
        (f"{CODIGO}/requisitos.no-hay", "Nada", "Mana imapas", "ya no tiene esa frase"),
        ("no-existe/nombre", "Nada", "Mana imapas", "no existe"),
        ("", "Nada", "Mana imapas", "msgctxt"),
        (f"{CODIGO}/nombre", "Otro castellano", "Huk suti", "cambió desde que se exportó"),
        (f"{CODIGO}/costos.en-linea", None, "Internetpi paganki", "Falta {codigo_pago}, {monto}"),
        (f"{CODIGO}/nombre", None, "a" * 301, "demasiado largo"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_line_and_the_reason(
    tomasa: User, context: str, msgid: str | None, msgstr: str, reason: str
) -> None:
    file = polib.POFile()
    spanish = msgid or published(CODIGO).ficha.es[context.partition("/")[2]]
    file.append(polib.POEntry(msgctxt=context or None, msgid=spanish, msgstr=msgstr))
    found = read(file, tomasa)
    assert found.entradas == []
    assert [line.tipo for line in found.lineas] == ["rechazada"]
    assert reason in found.lineas[0].motivo
    assert found.lineas[0].linea > 0


def test_the_same_sentence_twice_and_a_plural_are_refused(tomasa: User) -> None:
    file = exported()
    file.append(
        polib.POEntry(msgctxt=f"{CODIGO}/nombre", msgid=published(CODIGO).ficha.es["nombre"], msgstr="Huk")
    )
    file.append(
        polib.POEntry(
            msgctxt=f"{CODIGO}/plazo", msgid="día", msgid_plural="días", msgstr_plural={0: "p", 1: "p"}
        )
    )
    refused = [line.motivo for line in read(file, tomasa).lineas if line.tipo == "rechazada"]
    assert len(refused) == 2
    assert "dos veces" in refused[0]
    assert "plural" in refused[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "No es un archivo PO"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "UTF-8"),
        ('msgid "días"\nmsgstr "p\'unchaw"'.encode("latin-1"), "UTF-8"),
        (b'msgid "a"\nmsgstr "b"\nsin comillas\n', "línea"),
        (b'msgid "a"\nmsgstr "huk suti\n', "comillas en la línea 2"),
        (b'msgid ""\nmsgstr ""\n"Language: qu\\n"\n', "ninguna frase"),
        (b'#~ msgid "a"\n#~ msgstr "b"\n', "ninguna frase"),
        (b'msgid "a"\x00', "No es un archivo PO"),
    ],
)
def test_a_broken_file_gets_a_sentence_that_says_what_to_do(tomasa: User, content: bytes, said: str) -> None:
    with pytest.raises(importing.BadFile, match=said):
        importing.read(content, by=tomasa, variedad="quy")


def test_a_file_that_names_a_file_of_this_machine_does_not_open_it(tomasa: User, tmp_path: Path) -> None:
    secret = tmp_path / "msgid.po"
    secret.write_text(f'msgctxt "{CODIGO}/nombre"\nmsgid "a"\nmsgstr "secreto"\n')
    with pytest.raises(importing.BadFile):
        importing.read(str(secret).encode(), by=tomasa, variedad="quy")


def test_too_large_a_file_is_not_even_parsed(tomasa: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MAX_BYTES", 10)
    with pytest.raises(importing.BadFile, match="divídelo"):
        importing.read(b'msgid "aaaaaaaaaaaa"\n', by=tomasa, variedad="quy")
    monkeypatch.setattr(importing, "MAX_BYTES", 10_000)
    monkeypatch.setattr(importing, "MAX_ENTRIES", 1)
    with pytest.raises(importing.BadFile, match="se aceptan 1"):
        importing.read(b'msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n', by=tomasa, variedad="quy")


def test_what_changed_between_report_and_yes_is_left(tomasa: User, rita: User) -> None:
    file = exported(CODIGO, PLAIN)
    for key in ("nombre", "descripcion", "donde"):
        entry(file, key).msgstr = f"Musuq rimay {key}"
    importacion = kept(read(file, tomasa), tomasa)
    row = Palabra.objects.get(codigo=CODIGO, clave="nombre")
    operations.save_word(
        CODIGO,
        "nombre",
        sello=row.sello,
        texto="Ritapa rimaynin",
        edicion=row.edicion,
        variedad="quy",
        by=rita,
    )
    publish_spanish(descripcion=NEW)
    applying.confirm(importacion, by=tomasa)
    applying.apply_confirmed()
    importacion.refresh_from_db()
    assert (importacion.escritas, importacion.hechas) == (1, 3)
    now = published(CODIGO).ficha
    assert (now.quechua("nombre"), now.quechua("descripcion"), now.quechua("donde")) == (
        "Ritapa rimaynin", "", "Musuq rimay donde",
    )  # fmt: skip


def test_a_translator_of_one_entity_imports_for_that_one(
    translator_at: Callable[[str], User], tomasa: User
) -> None:
    file = exported()
    entry(file, "nombre").msgstr = "Huk suti"
    stranger = translator_at("sunat")
    assert read(file, stranger).entradas == []
    assert len(read(file, translator_at("reniec")).entradas) == 1
    found = read(file, tomasa)
    tomasa.groups.clear()  # between the report and the yes
    assert apply(found, tomasa) == (0, 1)


def test_a_file_of_thousands_of_unknown_fichas_asks_the_database_no_more(
    translator_at: Callable[[str], User], tomasa: User, django_assert_max_num_queries: Any
) -> None:
    lines = [f'msgctxt "ficha-{n}/nombre"\nmsgid "Frase {n}"\nmsgstr "Rimay {n}"\n' for n in range(5000)]
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\n' + "\n".join(lines)
    for person in (translator_at("reniec"), tomasa):
        with django_assert_max_num_queries(15):
            found = read(text, person)
        assert found.informe()["cuentas"] == {"rechazada": 5000}


def test_a_draft_page_can_be_translated_ahead_by_file(tomasa: User) -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    page.title = "Otro nombre"
    revision = page.save_revision()
    file = exported()
    ahead = next(e for e in file if e.msgctxt == f"{CODIGO}/nombre" and e.msgid == "Otro nombre")
    assert "todavía no es público" in ahead.comment
    ahead.msgstr, ahead.flags = "Huk suti", []
    assert apply(read(file, tomasa), tomasa) == (1, 0)
    revision.publish()
    assert published(CODIGO).ficha.quechua("nombre") == "Huk suti"


def test_everything_leaves_in_one_file_the_most_asked_first() -> None:
    progress.rebuild()
    codes = exporting.codes()
    assert len(codes) == FichaPage.objects.count()
    assert exporting.codes("migraciones") == ["migraciones-pasaporte"]
    assert next(e.msgctxt.partition("/")[0] for e in exported(*codes)) == codes[0]


def test_a_report_holds_the_refused_first_and_is_bounded(
    tomasa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = exported()
    for place, one in enumerate(file):
        one.msgstr = (
            f"{place} {' '.join(sorted(importing.checks.placeholders(one.msgid)))}" if place % 2 else "{x}"
        )
    monkeypatch.setattr(importing, "SHOWN", 4)
    told = read(file, tomasa).informe()
    assert [line["tipo"] for line in told["lineas"]] == ["rechazada"] * 4
    assert told["sin_mostrar"] > 0


def test_a_file_cut_short_goes_on_where_it_stopped(tomasa: User, monkeypatch: pytest.MonkeyPatch) -> None:
    file = exported(CODIGO, PLAIN)
    entry(file, "nombre").msgstr = "Musuq suti"
    entry(file, "nombre", PLAIN).msgstr = "Musuq suti"
    importacion = kept(read(file, tomasa), tomasa)
    applying.confirm(importacion, by=tomasa)
    whole = applying._apply_ficha

    def dies_at_the_second(importacion: Importacion, done: int, entries: list[dict[str, Any]]) -> bool:
        if done:
            raise KeyboardInterrupt
        return whole(importacion, done, entries)

    monkeypatch.setattr(applying, "_apply_ficha", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        applying.apply_confirmed()
    importacion.refresh_from_db()
    assert (importacion.hechas, importacion.escritas, importacion.estado) == (1, 1, "aplicando")
    monkeypatch.setattr(applying, "_apply_ficha", whole)
    versions = Version.objects.count()
    assert applying.apply_confirmed() == 1
    assert Version.objects.count() == versions + 1
    assert (
        published(CODIGO).ficha.quechua("nombre") == published(PLAIN).ficha.quechua("nombre") == "Musuq suti"
    )


def test_one_ficha_that_cannot_be_published_does_not_stop_the_others(
    tomasa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = exported(PLAIN, CODIGO)
    entry(file, "nombre").msgstr = "Musuq suti"
    entry(file, "nombre", PLAIN).msgstr = "Musuq suti"
    found = read(file, tomasa)
    publish = applying.publish_and_count

    def fails_for_one(codigo: str, *, by: User) -> None:
        if codigo == PLAIN:
            raise RuntimeError("disk full")
        publish(codigo, by=by)

    monkeypatch.setattr(applying, "publish_and_count", fails_for_one)
    assert apply(found, tomasa) == (1, 1)
    assert published(CODIGO).ficha.quechua("nombre") == "Musuq suti"
    assert not Palabra.objects.filter(codigo=PLAIN).exists()
