"""Any number of fichas like those of the seed, in both languages: for measuring what a whole country's would cost.

Names and descriptions are chains of the seed's own words, one after another as often as they follow one another
there, so that words are as frequent and as rare as real ones; town halls repeat each other's names, as they do.
Rows, sentences and their Quechua are dealt from those of the complete fichas. The same number gives the same fichas.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.text import slugify
from pydantic import BaseModel

from cms.tramites.schema import Aspecto, Ficha, seal

SEED = 1800
TOWNS = 150
TOWN_SHARE = 0.35  # of all fichas
LARGEST_SHARE = 0.3  # of all fichas, those of the one entity that has thousands
COMPLETE_SHARE = 0.5
TRANSLATED_SHARE = 0.7  # of the sentences that have Quechua in the seed
STALE_SHARE = 0.05  # of those, that translate an older Spanish
REPEATED_SHARE = 0.5  # of the names of a town hall, that other town halls have too
RARE_SHARE = 0.3  # of the other names, with a word hardly any has
_LONGEST_NAME = 14  # words
_LONGEST_SENTENCE = 28
_PROSE = (Aspecto.DONDE, Aspecto.QUIEN, Aspecto.RESULTADO, Aspecto.COSTO, Aspecto.PLAZO)
_ROWS = ("requisitos", "costos", "plazos", "pasos", "canales")
_MOST_ROWS = {"requisitos": 7, "costos": 3, "plazos": 2, "pasos": 4, "canales": 3}
_SYLLABLES = "hua cha ri pam ba ca llay mar ca qui ni yau ros cay to ma pi chi lla pu sa tin go cu ya".split()
_END = ""
OLDER = "An older sentence, of which only its translation is left."


@dataclass(frozen=True)
class Town:
    """A town hall nobody has: its id and name."""

    codigo: str
    nombre: str

    @property
    def corto(self) -> str:
        return self.nombre.replace("Distrital ", "")


@dataclass
class Chain:
    """Which word follows which, as often as in what it was given."""

    _next: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def learn(self, text: str) -> None:
        words = [_END, *text.split(), _END]
        for word, after in pairwise(words):
            self._next[word].append(after)

    def say(self, dice: random.Random, longest: int) -> str:
        """One sentence of at most `longest` words, that does not end in a word that wants another."""
        words: list[str] = []
        while (
            len(words) < longest and (word := dice.choice(self._next[words[-1] if words else _END])) != _END
        ):
            words.append(word)
        while words and len(words[-1]) <= 3:
            words.pop()
        return " ".join(words)


@dataclass(frozen=True)
class Dealt:
    """A row of some ficha, or a prose sentence (`row` None), with its words in both languages."""

    row: BaseModel | None
    es: str
    qu: str


class Country:
    """Deals fichas from a seed."""

    def __init__(self, seed: Sequence[Ficha], entidades: Sequence[str]) -> None:
        self._dice = random.Random(SEED)
        self._entidades = list(entidades)
        self._codes = [ficha.codigo for ficha in seed]
        self._names, self._quechua_names, self._sentences = Chain(), Chain(), Chain()
        self._pool: dict[str, list[Dealt]] = defaultdict(list)
        self._evidence = [one for ficha in seed for one in ficha.hechos.evidencia.values() if one.fuente]
        self._temas = sorted({tema for ficha in seed for tema in ficha.hechos.temas})
        for ficha in seed:
            self._learn(ficha)
        self.towns = self._name_towns()
        self._shared_names = [self._name() for _ in range(120)]

    def fichas(self, count: int) -> Iterator[Ficha]:
        """`count` fichas, no two with one code, and none with one of the seed."""
        taken = set(self._codes)
        for _ in range(count):
            entidad, name = self._named()
            codigo = _free(slugify(f"{entidad} {name}")[:180].strip("-"), taken)
            taken.add(codigo)
            yield self._ficha(codigo, entidad, name)

    @property
    def largest(self) -> str:
        """The entity with thousands of fichas."""
        return self._entidades[0]

    def _learn(self, ficha: Ficha) -> None:
        self._names.learn(ficha.es["nombre"].partition(" – ")[0])
        if "nombre" in ficha.qu:
            self._quechua_names.learn(ficha.qu["nombre"].texto)
        self._sentences.learn(ficha.es.get("descripcion", ""))
        for rows in _ROWS:
            for row in getattr(ficha.hechos, rows):
                self._pool[rows].append(_dealt(ficha, f"{rows}.{row.clave}", row))
        for aspecto in _PROSE:
            for key in (str(aspecto), f"duda.{aspecto}"):
                if key in ficha.es:
                    self._pool[key].append(_dealt(ficha, key, None))

    def _name_towns(self) -> list[Town]:
        names: set[str] = set()
        while len(names) < TOWNS:
            names.add(self._place())
        return [
            Town(f"municipalidad-distrital-de-{name.lower()}", f"Municipalidad Distrital de {name}")
            for name in sorted(names)
        ]

    def _named(self) -> tuple[str, str]:
        """An entity and the name of one of its tramites."""
        lot = self._dice.random()
        if lot < TOWN_SHARE:
            town = self._dice.choice(self.towns)
            shared = self._dice.random() < REPEATED_SHARE
            name = self._dice.choice(self._shared_names) if shared else self._name()
            return town.codigo, f"{name} – {town.corto}"
        if lot < TOWN_SHARE + LARGEST_SHARE:
            return self.largest, self._name()
        return self._dice.choice(self._entidades), self._name()

    def _name(self) -> str:
        name = ""
        while len(name) < 8:
            name = self._names.say(self._dice, _LONGEST_NAME)
        if self._dice.random() < 0.4:
            name = f"{name} para {self._sentences.say(self._dice, 5).rstrip('.').lower()}"
        elif self._dice.random() < RARE_SHARE:
            name = f"{name} de {self._place()}"
        return name[:1].upper() + name[1:200]

    def _place(self) -> str:
        return "".join(self._dice.choices(_SYLLABLES, k=self._dice.randint(3, 4))).capitalize()

    def _ficha(self, codigo: str, entidad: str, name: str) -> Ficha:
        complete = self._dice.random() < COMPLETE_SHARE
        es = {"nombre": name, "descripcion": self._sentence()}
        qu = {"nombre": self._quechua_names.say(self._dice, 10)} if complete else {}
        facts: dict[str, Any] = {
            "codigo": codigo,
            "entidad": entidad,
            "nivel": "completa" if complete else "basica",
            "publico": self._dice.choice(
                (["personas"], ["personas"], ["empresas"], ["personas", "empresas"])
            ),
            "temas": self._dice.sample(self._temas, k=1),
            "alias": {"es": [self._name() for _ in range(self._dice.randint(0, 3))]},
            "oficinas": [{"entidad": entidad}],
            "evidencia": {Aspecto.DESCRIPCION: self._dice.choice(self._evidence)},
        }
        if complete:
            self._deal(facts, es, qu)
        return Ficha.model_validate({"hechos": facts, "es": es, "qu": self._sealed(es, qu)})

    def _sentence(self) -> str:
        sentences = (
            self._sentences.say(self._dice, _LONGEST_SENTENCE) for _ in range(self._dice.randint(1, 2))
        )
        return ". ".join(one.rstrip(".") for one in sentences if one) + "."

    def _deal(self, facts: dict[str, Any], es: dict[str, str], qu: dict[str, str]) -> None:
        """Adds rows, prose and the evidence of both."""
        for rows in _ROWS:
            for number, dealt in enumerate(self._hand(rows)):
                clave = f"fila-{number}"
                facts.setdefault(rows, []).append(self._row(dealt, clave))
                _put(f"{rows}.{clave}", dealt, es, qu)
        for key in (str(key) for aspecto in _PROSE for key in (aspecto, f"duda.{aspecto}")):
            if self._pool[key] and self._dice.random() < 0.4:
                _put(key, self._dice.choice(self._pool[key]), es, qu)
        for aspecto in Aspecto:
            if self._dice.random() < 0.6:
                facts["evidencia"][aspecto] = self._dice.choice(self._evidence)

    def _hand(self, rows: str) -> list[Dealt]:
        most = min(_MOST_ROWS[rows], len(self._pool[rows]))
        least = 1 if rows in ("requisitos", "costos", "plazos") else 0
        return self._dice.sample(self._pool[rows], k=self._dice.randint(least, most))

    def _row(self, dealt: Dealt, clave: str) -> dict[str, Any]:
        assert dealt.row is not None  # a hand is of rows
        values = dealt.row.model_dump() | {"clave": clave}
        if values.get("monto"):
            values["monto"] = Decimal(self._dice.randint(10, 9_999)) / 10
        return values

    def _sealed(self, es: dict[str, str], qu: dict[str, str]) -> dict[str, dict[str, str]]:
        kept = {key: text for key, text in qu.items() if text and self._dice.random() < TRANSLATED_SHARE}
        return {
            key: {
                "texto": text,
                "sello": seal(OLDER if self._dice.random() < STALE_SHARE else es[key]),
                "estado": self._dice.choice(("borrador", "traducido", "traducido", "revisado")),
            }
            for key, text in kept.items()
        }


def _dealt(ficha: Ficha, key: str, row: BaseModel | None) -> Dealt:
    return Dealt(row, ficha.es.get(key, ""), ficha.qu[key].texto if key in ficha.qu else "")


def _put(key: str, dealt: Dealt, es: dict[str, str], qu: dict[str, str]) -> None:
    if dealt.es:
        es[key] = dealt.es
        if dealt.qu:
            qu[key] = dealt.qu


def _free(codigo: str, taken: set[str]) -> str:
    if codigo not in taken:
        return codigo
    number = 2
    while f"{codigo}-{number}" in taken:
        number += 1
    return f"{codigo}-{number}"
