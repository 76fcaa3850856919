import gettext
import os
import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from cms.ui.catalogues import CATALOGUE, CMS, catalogue_files, compile_all

SPANISH = CMS / "ui" / "locale" / "es" / "LC_MESSAGES" / "django.po"
PO = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n\n'
    'msgid "Buscar"\nmsgstr "Maskay"\n'
)


def catalogue(root: Path, text: str = PO) -> Path:
    po = root / "tienda" / CATALOGUE
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(text, encoding="utf-8")
    return po


def test_a_compiled_catalogue_is_read_by_the_standard_library(tmp_path: Path) -> None:
    po = catalogue(tmp_path)
    assert compile_all(tmp_path) == [po.with_suffix(".mo")]
    with po.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Buscar") == "Maskay"


def test_only_what_changed_is_compiled_again(tmp_path: Path) -> None:
    po = catalogue(tmp_path)
    compile_all(tmp_path)
    assert compile_all(tmp_path) == []
    po.write_text(PO.replace("Maskay", "Maskariy"), encoding="utf-8")
    os.utime(po, (po.stat().st_mtime + 10,) * 2)
    assert compile_all(tmp_path) == [po.with_suffix(".mo")]


def test_nothing_unfinished_is_left_beside_the_catalogue(tmp_path: Path) -> None:
    po = catalogue(tmp_path)
    compile_all(tmp_path)
    assert sorted(path.name for path in po.parent.iterdir()) == ["django.mo", "django.po"]


def test_a_broken_catalogue_stops_the_compiling(tmp_path: Path) -> None:
    catalogue(tmp_path, PO + "esto no es una entrada\n")
    with pytest.raises(OSError, match=r"django\.po"):
        compile_all(tmp_path)


def test_quechua_is_a_language_django_knows() -> None:
    compile_all()
    assert translation.check_for_language("qu")
    assert translation.get_language_info("qu")["name_local"] == "Runasimi"
    assert "qu" in dict(settings.LANGUAGES)


def test_editors_read_in_spanish_what_wagtail_says_in_english_only() -> None:
    compile_all()
    with translation.override("es"):
        assert translation.gettext("Search all pages…") == "Buscar en todas las páginas…"
        # What Wagtail does say in Spanish stays its own.
        assert translation.gettext("Save draft") == "Guardar borrador"


def test_the_spanish_of_wagtails_sentences_carries_what_they_carry() -> None:
    """And none is of a sentence Wagtail has translated since: its own is better kept."""
    theirs = {
        entry.msgid
        for path in Path(wagtail.__file__).parent.rglob("locale/es/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
        if entry.translated()
    }
    carried = re.compile(r"%\(\w+\)\w|\{\w+\}")
    for entry in polib.pofile(str(SPANISH)):
        assert entry.msgid not in theirs
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            # The kind of thing may be left out: in Spanish it would need its gender.
            optional = {"%(model_name)s", "{model_name}"}
            forms = [set(carried.findall(form)) for form in (entry.msgid, entry.msgid_plural or entry.msgid)]
            here = set(carried.findall(text))
            assert here <= set.union(*forms), entry.msgid
            assert set.intersection(*forms) - here <= optional, entry.msgid


@pytest.mark.parametrize("po", list(catalogue_files()), ids=lambda path: path.relative_to(CMS).parts[0])
def test_our_catalogues_have_as_many_plural_forms_as_they_say(po: Path) -> None:
    entries = polib.pofile(str(po))
    said = entries.metadata["Plural-Forms"]
    for entry in entries:
        if entry.msgid_plural:
            assert said.startswith(f"nplurals={len(entry.msgstr_plural)};"), entry.msgid


def test_the_check_fails_when_something_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = catalogue(tmp_path).parents[2]
    (app / "views.py").write_text(
        "from django.utils.translation import gettext as _\na = _('Buscar')\nb = _('Nuevo')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("cms.ui.management.commands.check_catalogues.CMS", tmp_path)
    with pytest.raises(CommandError, match="to mend"):
        call_command("check_catalogues")


def test_what_portal_and_chat_call_a_tramite_in_quechua_is_one_word() -> None:
    """The glossary's word; the loan is understood when citizens write it, and never said."""
    loans = [
        f"{path.parents[3].name}: {text}"
        for path in CMS.glob(f"*/{CATALOGUE}")
        for entry in polib.pofile(str(path))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if re.search(r"tr[aá]mite", text, re.IGNORECASE)
    ]
    assert loans == []
