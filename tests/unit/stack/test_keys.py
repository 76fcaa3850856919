from pathlib import Path

from cryptography.fernet import Fernet

from stack import keys


def test_it_makes_each_secret_once(tmp_path: Path) -> None:
    first = keys.load_or_make(tmp_path, {})
    assert keys.load_or_make(tmp_path, {}) == first
    assert first["MAC_SECRET_KEY"] != first["MAC_ASSISTANT_TOKEN"]
    assert all(len(secret) == 44 for secret in first.values())
    Fernet(first["MAC_ORIGINALS_KEYS"])


def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    keys.load_or_make(tmp_path, {})
    assert {file.name: oct(file.stat().st_mode & 0o777) for file in tmp_path.iterdir()} == {
        "secret-key": "0o600",
        "assistant-token": "0o600",
        "originals-key": "0o600",
    }


def test_the_environment_wins_and_nothing_is_kept_of_it(tmp_path: Path) -> None:
    given = {
        "MAC_SECRET_KEY": "given",
        "MAC_ASSISTANT_TOKEN": "given too",
        "MAC_ORIGINALS_KEYS": "given as well",
    }
    assert keys.load_or_make(tmp_path, given) == given
    assert not list(tmp_path.iterdir())


def test_an_empty_file_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    assert keys.load_or_make(tmp_path, {})["MAC_SECRET_KEY"]
