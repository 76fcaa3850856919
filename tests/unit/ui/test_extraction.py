from pathlib import Path

import pytest

from cms.ui.extraction import Key, UnreadableMessage, messages_of


def keys(path: Path) -> list[tuple[str, str, str]]:
    return [(m.key.context, m.key.singular, m.plural) for m in messages_of(path)]


def test_python_calls_are_found_under_whatever_name_they_were_imported(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text(
        "from django.utils import translation\n"
        "from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext\n"
        "a = _('Hola ' 'y adiós')\n"
        "b = gettext_lazy('Perezosa')\n"
        "c = ngettext('un día', '{n} días', 3)\n"
        "d = pgettext('menú', 'Abrir')\n"
        "e = translation.gettext('Por el módulo')\n"
        "f = print('No es un mensaje')\n",
        encoding="utf-8",
    )
    assert keys(source) == [
        ("", "Hola y adiós", ""),
        ("", "Perezosa", ""),
        ("", "un día", "{n} días"),
        ("menú", "Abrir", ""),
        ("", "Por el módulo", ""),
    ]


def test_an_underscore_that_is_not_gettext_is_left_alone(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text("from elsewhere import make as _\n_('No es de gettext')\n", encoding="utf-8")
    assert keys(source) == []


@pytest.mark.parametrize("argument", ["name", "f'Hola {name}'", "'Hola ' + name"])
def test_a_sentence_that_is_not_written_out_is_refused_with_its_line(tmp_path: Path, argument: str) -> None:
    source = tmp_path / "module.py"
    source.write_text(
        f"from django.utils.translation import gettext as _\n\n_({argument})\n", encoding="utf-8"
    )
    with pytest.raises(UnreadableMessage, match=r"module\.py:3"):
        list(messages_of(source))


def test_template_tags_are_found_with_their_line(tmp_path: Path) -> None:
    source = tmp_path / "page.html"
    source.write_text(
        '{% load i18n %}\n<p title="{% translate \'Título\' %}">{% translate "Uno" as x %}</p>\n'
        "{% blocktranslate count n=total %}{{ n }} hoja{% plural %}{{ n }} hojas{% endblocktranslate %}\n"
        "{% blocktranslate with who=name %}Hola {{ who }}{% endblocktranslate %}\n"
        '{{ x|default:_("Sin dato") }} {% translate "Abrir" context "menú" %}\n',
        encoding="utf-8",
    )
    found = {m.key: (m.plural, m.where.rsplit(":", 1)[1]) for m in messages_of(source)}
    assert found == {
        Key("", "Título"): ("", "2"),
        Key("", "Uno"): ("", "2"),
        Key("", "%(n)s hoja"): ("%(n)s hojas", "3"),
        Key("", "Hola %(who)s"): ("", "4"),
        Key("", "Sin dato"): ("", "5"),
        Key("menú", "Abrir"): ("", "5"),
    }


def test_a_sentence_with_quotes_is_found_whole(tmp_path: Path) -> None:
    source = tmp_path / "page.html"
    source.write_text("{% load i18n %}{% translate \"Di 'sí' o «no»\" %}", encoding="utf-8")
    assert keys(source) == [("", "Di 'sí' o «no»", "")]
