"""What a script imports is named by its hash: fetched once, and never of another release than the script."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders

from cms.ui.static_files import APPS_WITH_MODULES, ModulesByHash

IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
HASHED = re.compile(r"\./\w+\.[0-9a-f]{12}\.js")


@pytest.fixture
def collected(tmp_path: Path, settings: LazySettings) -> Path:
    """Every script of ours, as it leaves the house."""
    settings.STATIC_ROOT = str(tmp_path)
    storage = ModulesByHash(location=str(tmp_path), base_url="/static/")
    found = {}
    for finder in finders.get_finders():
        for path, source in finder.list([]):
            if path.endswith(".js") and path.startswith(OUR_FOLDERS):
                found[path] = (source, path)
                with source.open(path) as file:
                    storage.save(path, file)
    for name, _hashed, done in storage.post_process(found):
        assert not isinstance(done, Exception), name
    return tmp_path


OUR_FOLDERS = ("channels/", "desk/", "narration/", "portal/", "offline/", "ui/")


def test_what_a_script_imports_is_named_by_its_hash_and_is_there(collected: Path) -> None:
    scripts = list(collected.rglob("*.????????????.js"))
    imports = [(script, target) for script in scripts for target in IMPORTED.findall(script.read_text())]
    assert {script.name.split(".")[0] for script, _target in imports} >= {"chat", "panel", "desk", "listen"}
    for script, target in imports:
        assert HASHED.fullmatch(target), f"{script.name} imports {target}"
        assert (script.parent / target).is_file(), f"{script.name} imports {target}, which is not there"


def test_every_app_whose_scripts_import_is_listed(collected: Path) -> None:
    importing = {
        script.relative_to(collected).parts[0]
        for script in collected.rglob("*.js")
        if IMPORTED.search(script.read_text())
    }
    assert importing == set(APPS_WITH_MODULES)
