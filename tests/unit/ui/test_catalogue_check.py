from pathlib import Path

import pytest

from cms.ui.catalogue_check import problems
from cms.ui.catalogues import CATALOGUE

CODE = (
    "from django.utils.translation import gettext as _\n"
    "from django.utils.translation import ngettext\n"
    "a = _('Buscar')\n"
    "b = _('Llama al {phone}')\n"
    "c = ngettext('un día', '%(n)s días', 2)\n"
)
ENTRIES = {
    "Buscar": 'msgstr "Maskay"',
    "Llama al {phone}": 'msgstr "{phone}man qayay"',
    "un día": 'msgid_plural "%(n)s días"\nmsgstr[0] "%(n)s punchaw"',
}


def write_app(root: Path, entries: dict[str, str], name: str = "tienda", code: str = CODE) -> None:
    folder = root / name
    (folder / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    (folder / "views.py").write_text(code, encoding="utf-8")
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    body = "\n\n".join(f'msgid "{msgid}"\n{rest}' for msgid, rest in entries.items())
    (folder / CATALOGUE).write_text(header + body + "\n", encoding="utf-8")


def found(root: Path, installed: tuple[str, ...] = ("tienda",)) -> list[str]:
    return list(problems(root, installed))


def test_a_complete_catalogue_has_nothing_to_mend(tmp_path: Path) -> None:
    write_app(tmp_path, ENTRIES)
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("msgid", "entry", "said"),
    [
        ("Buscar", None, "no Quechua for 'Buscar'"),
        ("Buscar", 'msgstr ""', "empty or unfinished Quechua for 'Buscar'"),
        ("un día", 'msgid_plural "%(n)s días"\nmsgstr[0] ""', "empty or unfinished Quechua for 'un día'"),
        ("un día", 'msgstr "%(n)s punchaw"', "the plural differs from the code: 'un día'"),
        ("Llama al {phone}", 'msgstr "Qayay"', "placeholders differ in 'Llama al {phone}'"),
        ("Llama al {phone}", 'msgstr "{telefono}man qayay"', "placeholders differ in 'Llama al {phone}'"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, msgid: str, entry: str | None, said: str) -> None:
    entries = {**ENTRIES, msgid: entry} if entry else {k: v for k, v in ENTRIES.items() if k != msgid}
    write_app(tmp_path, entries)
    lines = found(tmp_path)
    assert len(lines) == 1
    assert said in lines[0]
    assert "views.py:" in lines[0]


def test_a_translation_marked_fuzzy_is_not_finished(tmp_path: Path) -> None:
    write_app(tmp_path, ENTRIES)
    catalogue = tmp_path / "tienda" / CATALOGUE
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace('msgid "Buscar"', '#, fuzzy\nmsgid "Buscar"'), encoding="utf-8")
    assert ["unfinished" in line for line in found(tmp_path)] == [True]


def test_a_translation_of_what_nobody_says_is_named(tmp_path: Path) -> None:
    write_app(tmp_path, {**ENTRIES, "Ya no se dice": 'msgstr "Manañam"'})
    assert found(tmp_path) == ["tienda: nothing says this any more: 'Ya no se dice'"]


def test_an_app_without_a_catalogue_lacks_everything_it_says(tmp_path: Path) -> None:
    write_app(tmp_path, ENTRIES)
    (tmp_path / "tienda" / CATALOGUE).unlink()
    assert len(found(tmp_path)) == len(ENTRIES)


def test_two_apps_may_not_translate_the_same_sentence_differently(tmp_path: Path) -> None:
    write_app(tmp_path, ENTRIES)
    write_app(tmp_path, {**ENTRIES, "Buscar": 'msgstr "Mask\'ay"'}, name="otra")
    lines = found(tmp_path, ("tienda", "otra"))
    assert len(lines) == 1
    assert lines[0].startswith("two translations of 'Buscar'")


def test_messages_where_django_loads_no_catalogue_are_named(tmp_path: Path) -> None:
    write_app(tmp_path, ENTRIES)
    assert "not an installed app" in found(tmp_path, installed=())[0]


def test_the_screens_of_agents_and_editors_may_be_in_spanish_only(tmp_path: Path) -> None:
    write_app(tmp_path, {}, name="desk")
    write_app(tmp_path, ENTRIES)
    (tmp_path / "tienda" / "wagtail_hooks.py").write_text(CODE.replace("Buscar", "Menú"), encoding="utf-8")
    assert found(tmp_path) == []
