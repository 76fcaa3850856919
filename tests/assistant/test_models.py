import pytest

from assistant import fingerprint, launch, models, settings


@pytest.fixture
def config(tmp_path):
    found = settings.Settings("embedded", tmp_path, "", 8000, "", "", "", "", "")
    found.models_dir.mkdir()
    return found


def put(config, content):
    archive = config.models_dir / "trained.tar.gz"
    archive.write_bytes(content)
    models.put_live(config, archive, fingerprint.current(config))


def test_the_model_before_can_be_put_back_and_the_new_one_again(config):
    put(config, b"first")
    put(config, b"second")
    assert launch.back(config) == 0
    assert config.model.read_bytes() == b"first"
    assert launch.back(config) == 0
    assert config.model.read_bytes() == b"second"


def test_a_model_put_back_is_not_trained_over_at_the_next_start(config):
    put(config, b"first")
    put(config, b"second")
    launch.back(config)
    assert launch.train(config) == 0
    assert config.model.read_bytes() == b"first"


def test_without_an_earlier_model_the_present_one_stays(config, capsys):
    put(config, b"only")
    assert launch.back(config) == 1
    assert "no earlier model" in capsys.readouterr().out
    assert config.model.read_bytes() == b"only"
