import gettext
import os
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from cms.ui.catalogues import CATALOGUE, CMS, catalogue_files, compile_all

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
