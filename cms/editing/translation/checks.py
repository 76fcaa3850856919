"""What a sentence in Quechua must keep of its Spanish, and what a person must answer before it stands for it."""

import re
from collections import Counter
from dataclasses import dataclass

from cms.tramites.schema import placeholders
from lenguas import numbers
from lenguas.identify import identify
from lenguas.normalise import fold

LONGEST = 4000
# Ids of what `questions` may ask.
QUESTIONS = ("cifras", "igual", "castellano")
LONGEST_NAME = 300
# Below this many words a sentence is too short to tell its language.
WORDS_TO_TELL = 4
# Above this nobody writes a number in words.
LARGEST_IN_WORDS = 10_000
# What numbers are made of in Quechua: their words stand beside each other, and take endings.
COUNTING = (
    "huk", "iskay", "kimsa", "tawa", "pichqa", "suqta", "qanchis", "pusaq", "isqun", "chunka", "pachak", "waranqa",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pregunta:
    """Something that is as a rule wrong: a person says that here it is right, or mends it."""

    id: str
    texto: str


def tidy(text: str) -> str:
    """The sentence as it is kept: one kind of line end, no blanks around lines, no empty lines around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, however their blanks and capitals are."""
    return " ".join(one.split()).lower() == " ".join(other.split()).lower()


def errors(clave: str, spanish: str, text: str) -> list[str]:
    """Why `text` cannot stand for `spanish`, each with what to do; empty where it can."""
    if not text:
        return ["Escribe la traducción antes de guardar."]
    found = []
    longest = LONGEST_NAME if clave == "nombre" else LONGEST
    if len(text) > longest:
        found.append(f"Es demasiado largo: {len(text)} letras de {longest} como máximo.")
    if any(ord(letter) < 32 and letter not in "\n\t" for letter in text):
        found.append("Tiene caracteres invisibles que no se pueden guardar: escríbelo de nuevo.")
    return found + _placeholder_errors(spanish, text) + _figure_errors(spanish, text)


def _placeholder_errors(spanish: str, text: str) -> list[str]:
    wanted, said = placeholders(spanish), placeholders(text)
    found = []
    if missing := wanted - said:
        found.append(f"Falta {_names(missing)}: ahí va el dato, igual que en el castellano.")
    if strange := said - wanted:
        found.append(f"Sobra {_names(strange)}: el castellano de esta frase no lo lleva.")
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", text)):
        found.append("Hay una llave suelta: un dato se escribe entre dos llaves, por ejemplo {monto}.")
    return found


def _names(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _figure_errors(spanish: str, text: str) -> list[str]:
    """A figure is a fact: an hour, a telephone, a number of days. In words it counts as said, in either language."""
    wanted, said = _figures(spanish), _figures(text)
    found = []
    if missing := [raw for figure, raw in wanted.items() if figure not in said and not _in_words(raw, text)]:
        found.append(
            f"Falta {_listed(missing)}: el castellano lo dice. Las cifras van iguales en las dos lenguas."
        )
    if strange := [
        raw for figure, raw in said.items() if figure not in wanted and not _in_words(raw, spanish)
    ]:
        found.append(f"Dice {_listed(strange)}, que el castellano no dice: quítalo o corrígelo.")
    if not found and "monto" in placeholders(spanish) and (own := _counted(text) - _counted(spanish)):
        said_twice = _listed(list(own.elements()))
        found.append(f"Dice {said_twice} de más: el pago va solo donde dice {{monto}}.")
    return found


def _figures(text: str) -> dict[str, str]:
    """Each figure as it is compared, with how it is written: 1,500.00 is 1500, and 08:00 is 8:00."""
    bare = re.sub(r"\{[^{}]*\}", " ", text)
    return {_compared(raw): raw for raw in re.findall(r"\d+(?:[:.,]\d+)*", bare)}


def _counted(text: str) -> Counter[str]:
    bare = re.sub(r"\{[^{}]*\}", " ", text)
    return Counter(_compared(raw) for raw in re.findall(r"\d+(?:[:.,]\d+)*", bare))


def _compared(raw: str) -> str:
    if ":" in raw:
        return ":".join(part.lstrip("0") or "0" for part in raw.split(":"))
    amount = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?", raw)
    if amount is None:
        return raw
    cents = (amount[2] or "").rstrip("0")
    return re.sub(r"[.,]", "", amount[1]) + (f".{cents}" if cents else "")


def _in_words(raw: str, text: str) -> bool:
    """Whether `text` says the number in words, «iskay» or «dos» for 2, and not as a part of another number."""
    if not raw.isdigit() or int(raw) > LARGEST_IN_WORDS:
        return False
    words = re.findall(r"[^\W_]+", fold(text))
    return any(_says(words, wanted) for wanted in _ways_to_say(int(raw)))


def _ways_to_say(number: int) -> list[list[str]]:
    ways = [fold(numbers.say(number, locale)).split() for locale in ("es", "qu")]
    return [*ways, ["un"], ["una"]] if number == 1 else ways


def _says(words: list[str], wanted: list[str]) -> bool:
    *head, last = wanted
    for start in range(len(words) - len(wanted) + 1):
        found = words[start : start + len(wanted)]
        beside = [*words[max(start - 1, 0) : start], *words[start + len(wanted) : start + len(wanted) + 1]]
        if found[:-1] == head and _is(last, found[-1]) and not any(map(_is_counting, beside)):
            return True
    return False


def _is(wanted: str, word: str) -> bool:
    """The same word, or the same with the endings of Quechua; «kimsayuq» is the end of another number."""
    ending = word.removeprefix(wanted)
    return word == wanted or (word != ending and wanted in COUNTING and "yuq" not in ending[:5])


def _is_counting(word: str) -> bool:
    return word.startswith(COUNTING) or word in ("mil", "cientos", "ciento", "millones")


def _listed(figures: list[str]) -> str:
    return ", ".join(figures)


def questions(spanish: str, text: str) -> list[Pregunta]:
    """What a person must answer before `text` is kept, and another before it is signed."""
    found = []
    if not _figure_errors(spanish, text) and _counted(spanish) != _counted(text):
        found.append(
            Pregunta(
                "cifras",
                f"Las cifras no aparecen las mismas veces: el castellano dice {_said(spanish)} "
                f"y el quechua {_said(text)}.",
            )
        )
    if same_words(spanish, text):
        found.append(Pregunta("igual", "Es igual al castellano."))
    elif len(re.findall(r"[^\W\d_]+", text)) >= WORDS_TO_TELL and identify(text).code != "qu":
        found.append(Pregunta("castellano", "No parece quechua: revisa que no sea la frase en castellano."))
    return found


def warnings(spanish: str, text: str) -> list[str]:
    """The questions as a report tells them."""
    return [question.texto for question in questions(spanish, text)]


def _said(text: str) -> str:
    return ", ".join(_counted(text).elements()) or "ninguna"
