from pathlib import Path

from stack.logfollow import Followed, important_lines


def append(log: Path, text: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(text)


def test_it_shows_warnings_and_ends_of_processes_only(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    append(log, "ERROR from yesterday\n")
    followed = Followed(log)
    append(log, "INFO started\nERROR broken\nINFO exited: rasa (exit status 1; not expected)\n")
    assert list(important_lines([followed])) == [
        "[web] ERROR broken",
        "[web] INFO exited: rasa (exit status 1; not expected)",
    ]
    assert list(important_lines([followed])) == []


def test_it_waits_for_the_end_of_a_line(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    followed = Followed(log)
    append(log, "ERROR half")
    assert list(followed.new_lines()) == []
    append(log, " whole\n")
    assert list(followed.new_lines()) == ["ERROR half whole"]


def test_it_goes_on_with_the_new_file_after_a_rotation(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    append(log, "old\n")
    followed = Followed(log)
    log.rename(tmp_path / "web.log.1")
    append(log, "ERROR in the new one\n")
    assert list(followed.new_lines()) == ["ERROR in the new one"]
