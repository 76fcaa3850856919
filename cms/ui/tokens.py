"""The tokens of the design system, read from the style sheet itself: what is shown and measured is what is used."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SHEET = Path(__file__).parent / "static" / "ui" / "ui.css"
DARK = "@media (prefers-color-scheme: dark)"
# WCAG 2.2, AA: letters of any size, and the edges of what is touched.
LETTERS, EDGES = 4.5, 3.0
# Which token is read, or seen, upon which.
UPON: tuple[tuple[str, str, float], ...] = (
    ("ink", "paper", LETTERS),
    ("ink", "surface", LETTERS),
    ("ink", "wash", LETTERS),
    ("ink", "person-wash", LETTERS),
    ("ink", "doubt-wash", LETTERS),
    ("soft", "paper", LETTERS),
    ("soft", "surface", LETTERS),
    ("accent", "paper", LETTERS),
    ("accent", "surface", LETTERS),
    ("accent", "wash", LETTERS),
    ("accent", "person-wash", LETTERS),
    ("on-accent", "accent", LETTERS),
    ("person", "person-wash", LETTERS),
    ("on-person", "person", LETTERS),
    ("doubt", "paper", LETTERS),
    ("open", "paper", LETTERS),
    ("edge", "paper", EDGES),
    ("edge", "surface", EDGES),
    ("focus", "paper", EDGES),
    ("focus", "surface", EDGES),
)
_RULE = re.compile(r":root\s*\{([^}]*)\}")
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")


@dataclass(frozen=True, slots=True)
class Token:
    """A name and its value in each theme; the same where only one is written."""

    nombre: str
    claro: str
    oscuro: str

    @property
    def color(self) -> bool:
        return self.claro.startswith("#")


@dataclass(frozen=True, slots=True)
class Contrast:
    letra: str
    fondo: str
    claro: float
    oscuro: float
    minimo: float

    @property
    def enough(self) -> bool:
        return min(self.claro, self.oscuro) >= self.minimo


@lru_cache(maxsize=1)
def tokens() -> dict[str, Token]:
    light, _media, dark = SHEET.read_text(encoding="utf-8").partition(DARK)
    by_day, by_night = _values(light), _values(dark)
    return {name: Token(name, value, by_night.get(name, value)) for name, value in by_day.items()}


def _values(css: str) -> dict[str, str]:
    """Of the first rule for the whole page in it."""
    rule = _RULE.search(css)
    return dict(_TOKEN.findall(rule.group(1))) if rule else {}


def contrasts() -> list[Contrast]:
    known = tokens()
    return [
        Contrast(
            letter,
            ground,
            round(contrast(known[letter].claro, known[ground].claro), 1),
            round(contrast(known[letter].oscuro, known[ground].oscuro), 1),
            least,
        )
        for letter, ground, least in UPON
    ]


def contrast(one: str, other: str) -> float:
    """As WCAG defines it, of two colours written `#rgb` or `#rrggbb`."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:]
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
    red, green, blue = (_linear(int(pair, 16) / 255) for pair in pairs)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
