"""Decisions become lines: the sentences of `phrases`, the facts of fichas, and the buttons that go with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils import timezone

from cms.conversations import aspect_words, noticing, payloads, results, telling_apart
from cms.conversations.lines import Draft
from cms.conversations.models import Conversation, Message, Sender
from cms.conversations.phrases import LANGUAGE_CHOICES, say
from cms.conversations.queries import last_answers, most_asked
from cms.directory.answers import PLACE_ASPECTS
from cms.directory.models import Sede
from cms.directory.queries import SedeNotFound, sede
from cms.notices.closures import answer_place
from cms.notices.sentences import sentences
from cms.tramites.answers import answer
from cms.tramites.labels import aspect_question
from cms.tramites.queries import Published, TramiteNotFound, public_tramites, published
from cms.tramites.schema import Aspecto, Confianza
from cms.ui.blocks import Respuesta

# What people ask next, in this order; of these the first that are known and not just answered are offered.
NEXT_ASPECTS = (
    Aspecto.REQUISITOS,
    Aspecto.COSTO,
    Aspecto.PLAZO,
    Aspecto.DONDE,
    Aspecto.PASOS,
    Aspecto.CITA,
)
# Where a notice (a centre closed, a system down) changes what an answer is worth.
TOUCHED_BY_NOTICES = (Aspecto.DONDE, Aspecto.HORARIO, Aspecto.CITA, Aspecto.CANALES)
MOST_NEXT = 3
MOST_CHOICES = 4
DOUBTFUL = (Confianza.MEDIA, Confianza.BAJA, Confianza.SIN_DATO)

Choice = dict[str, Any]


@dataclass(slots=True)
class PersonWanted:
    """Stands in the place of the line that announces a person; that is written when the request is made."""

    reason: str


@dataclass(slots=True)
class Rendering:
    """One reply being put together for `conversation`, to the citizen's `message` (None: nobody wrote yet).

    `render` returns the lines in order; `changes` is then the context to keep.
    """

    conversation: Conversation
    message: Message | None
    locale: Literal["es", "qu"] = "es"
    # The person is offered before anything else: something is not as it should be.
    person_first: bool = False
    fault: str = ""
    lines: list[Draft | PersonWanted] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.message is None:
            self.locale = "qu" if self.conversation.locale == "qu" else "es"

    def greeting(self) -> Draft:
        """The first line of a conversation, about the ficha being read where there is one."""
        current = _published(self.conversation.codigo)
        if current is None:
            return self._line(self._noticed("", "greeting"), choices=[self._other_language()])
        nombre = current.ficha.name(self.locale)
        text = self._noticed(current.codigo, "greeting_ficha", nombre=nombre)
        choices = next_questions(current, None, self.locale)
        return self._line(text, choices=[*choices, self._other_language()])

    def _noticed(self, codigo: str, key: str, **values: object) -> str:
        """The greeting, then what everybody who asks about this must know today."""
        return "\n".join([say(key, self.locale, **values), *sentences(codigo, self.locale)])

    def render(self, decided: Sequence[results.Result]) -> list[Draft | PersonWanted]:
        """The lines that say what was decided, at least one."""
        self.changes |= {"options": [], "misses": 0}
        for result in decided:
            self._render_one(result)
        if any(isinstance(r, results.SwitchLocale) for r in decided) and not _says(
            decided, "locale_switched"
        ):
            self.lines.append(self._line(say("locale_switched", self.locale)))
        self._keep_language()
        return self.lines

    def unavailable(self) -> None:
        """Nobody could answer: said honestly, and the person offered."""
        self.lines.append(self._line(say("unavailable", self.locale), choices=[self._person()]))

    def _render_one(self, result: results.Result) -> None:
        match result:
            case results.Answer():
                self._answer(result)
            case results.Choices():
                self._choices(result)
            case results.Handoff():
                self.lines.append(PersonWanted(result.reason))
            case results.OfferPerson():
                self._offer_person()
            case results.Say():
                self._own_case(result.codigo) if result.key == "own_case" else self._say(result.key)
            case results.SwitchLocale():
                self.locale = result.locale
                self.changes |= {"locale": result.locale, "locale_chosen": True}
            case results.Repeat():
                self._repeat()
            case results.Notices():
                self._notices(result)

    def _answer(self, result: results.Subject) -> None:
        self._answer_what_is_known(result)
        line = self._answer_of_sede(result) if result.sede else self._answer_of_ficha(result)
        self.lines.append(line or self._line(say("answer_gone", self.locale), choices=[self._person()]))
        if result.sede or result.aspecto in TOUCHED_BY_NOTICES:
            told = noticing.beside(codigo=result.codigo or "", sede=result.sede or "", locale=self.locale)
            self.lines += [self._line(text) for text in told]

    def _answer_what_is_known(self, asked: results.Subject) -> None:
        """For "what do I do?" about a ficha without steps: what one needs is the nearest thing, told before the blank."""
        if asked.aspecto != Aspecto.PASOS or (current := _published(asked.codigo or "")) is None:
            return
        known = answer(current, Aspecto.REQUISITOS, self.locale).confianza != Confianza.SIN_DATO
        unknown = answer(current, Aspecto.PASOS, self.locale).confianza == Confianza.SIN_DATO
        needed = results.Answer(codigo=current.codigo, aspecto=Aspecto.REQUISITOS)
        if known and unknown and (line := self._answer_of_ficha(needed)):
            self.lines.append(line)

    def _answer_of_ficha(self, result: results.Subject) -> Draft | None:
        current = _published(result.codigo or "")
        if current is None or result.aspecto not in list(Aspecto):
            return None
        aspecto = Aspecto(result.aspecto)
        found = answer(current, aspecto, self.locale)
        self.changes |= {"codigo": current.codigo, "aspecto": str(aspecto), "sede": ""}
        choices = next_questions(current, aspecto, self.locale)
        doubtful = found.confianza in DOUBTFUL or found.faltante
        return self._line(found.texto, found, self._with_person(choices, first=doubtful))

    def _answer_of_sede(self, result: results.Subject) -> Draft | None:
        try:
            place = sede(result.sede or "")
            found = answer_place(place, result.aspecto or "", self.locale, timezone.now())
        except (SedeNotFound, KeyError):
            return None
        self.changes |= {"sede": place.codigo, "aspecto": found.aspecto}
        others = [name for name in PLACE_ASPECTS if name != found.aspecto]
        choices = [self._sede_choice(place, name) for name in others]
        return self._line(found.texto, found, self._with_person(choices, first=found.confianza in DOUBTFUL))

    def _choices(self, result: results.Choices) -> None:
        if result.reason == "which_sede":
            self._which_sede(result)
        elif result.reason == "which_aspect":
            self._which_aspect(result)
        else:
            self._which_tramite(result)

    def _which_tramite(self, result: results.Choices) -> None:
        wanted = result.aspecto or aspect_words.guess(self.message.text if self.message else "")
        options = [option for option in result.options if option.codigo] or [
            results.Subject(codigo=codigo, aspecto=wanted) for codigo in most_asked(MOST_CHOICES)
        ]
        public = {
            tramite.codigo: tramite for tramite in public_tramites().filter(codigo__in=_codigos(options))
        }
        offered = [option for option in options if option.codigo in public]
        if not offered:
            return self._not_found()
        tramites = [public[option.codigo or ""] for option in offered]
        titles = telling_apart.titles(tramites, self.locale)
        choices = [
            _aspect_choice(title, option.codigo or "", option.aspecto or wanted or "descripcion")
            for title, option in zip(titles, offered, strict=True)
        ]
        text = say("which_tramite", self.locale)
        if len(offered) == 1:
            text = say("confirm_tramite", self.locale, nombre=titles[0])
        elif result.options:
            text = telling_apart.question(text, tramites, self.locale)
        if result.options:
            none = self._none("not_this" if len(offered) == 1 else "none_of_these")
            choices += [none, self._person()]
        self._offer(text, choices, offered)

    def _which_aspect(self, result: results.Choices) -> None:
        current = _published(next((o.codigo for o in result.options if o.codigo), "") or "")
        aspects = [Aspecto(o.aspecto) for o in result.options if o.aspecto in list(Aspecto)]
        if current is None or not aspects:
            return self._not_found()
        choices = [_question_choice(current.codigo, aspecto, self.locale) for aspecto in aspects]
        self.changes |= {"codigo": current.codigo, "aspecto": ""}
        text = say("which_aspect", self.locale, nombre=current.ficha.name(self.locale))
        self._offer(text, choices, result.options)

    def _which_sede(self, result: results.Choices) -> None:
        wanted = [option for option in result.options if option.sede]
        places = {place.codigo: place for place in Sede.objects.filter(codigo__in=[o.sede for o in wanted])}
        offered = [option for option in wanted if option.sede in places]
        if not offered:
            self.lines.append(self._line(say("which_sede_none", self.locale)))
            return
        choices = [
            {
                **self._sede_choice(places[o.sede or ""], o.aspecto or "donde"),
                "title": places[o.sede or ""].nombre,
            }
            for o in offered
        ]
        self._offer(
            say("which_sede", self.locale), [*choices, self._none("none_of_these"), self._person()], offered
        )

    def _offer(self, text: str, choices: list[Choice], options: Sequence[results.Subject]) -> None:
        self.lines.append(self._line(text, choices=choices))
        self.changes["options"] = [
            option.model_dump(include={"codigo", "sede", "aspecto"}) for option in options
        ]

    def _not_found(self) -> None:
        self._say("not_found")
        self._offer_person()

    def _say(self, key: str) -> None:
        if key in ("not_understood", "not_found", "which_again"):
            self.changes["misses"] = min(self.conversation.misses + 1, 100)
        doubtful = key in (
            "own_case",
            "danger",
            "not_found",
            "which_again",
            "phone",
            "no_notices",
            "read_aloud",
        )
        self.lines.append(self._line(say(key, self.locale), choices=[self._person()] if doubtful else []))

    def _own_case(self, codigo: str | None) -> None:
        """What cannot be seen here, and who can see it: with the ways to reach them, where the ficha knows them."""
        current = _published(codigo or "")
        if current is None:
            return self._say("own_case")
        text = say("own_case_of", self.locale, entidad=current.tramite.entidad.corto)
        reached = answer(current, Aspecto.CONTACTO, self.locale)
        known = reached.confianza is not Confianza.SIN_DATO
        told = "\n".join([text, reached.texto]) if known else text
        self.lines.append(self._line(told, choices=[self._person()]))

    def _offer_person(self) -> None:
        """Said with the line before, so that one thing is not said in two messages."""
        text = say("offer_person", self.locale)
        before = self.lines[-1] if self.lines else None
        if isinstance(before, Draft) and before.answer is None:
            text = f"{before.text} {text}"
            self.lines.pop()
        self.lines.append(self._line(text, choices=[self._person()]))

    def _notices(self, asked: results.Notices) -> None:
        told = noticing.asked_for(
            self.message.text if self.message else "",
            codigo=asked.codigo or "",
            sede=asked.sede or "",
            region=asked.region or "",
            locale=self.locale,
        )
        self.lines += [self._line(text, choices=[self._person()]) for text in told]
        if not told:
            self._say("no_notices")

    def _repeat(self) -> None:
        told = last_answers(self.conversation)
        if not told:
            self._say("repeat_none")
        for answered in told:
            again = results.Subject(**{k: answered.get(k) for k in ("codigo", "sede", "aspecto")})
            line = self._answer_of_sede(again) if again.sede else self._answer_of_ficha(again)
            self.lines.append(line or self._line(say("answer_gone", self.locale), choices=[self._person()]))
        if told:
            self.changes["aspecto"] = told[0]["aspecto"]

    def _keep_language(self) -> None:
        """A language that was noticed, not chosen, is kept with the way back offered."""
        if self.locale == self.conversation.locale or self.changes.get("locale_chosen"):
            return
        if not self.conversation.locale_chosen:
            self.changes["locale"] = self.locale
        last = self.lines[-1]
        if isinstance(last, Draft) and last.answer is not None:
            last.choices.append(self._other_language())

    def _with_person(self, choices: list[Choice], *, first: bool) -> list[Choice]:
        return [self._person(), *choices] if first or self.person_first else choices

    def _person(self) -> Choice:
        return {
            "title": say("handoff", self.locale),
            "codigo": None,
            "aspecto": None,
            "payload": payloads.HANDOFF,
        }

    def _none(self, key: str) -> Choice:
        title = say(key, self.locale)
        return {"title": title, "codigo": None, "aspecto": None, "payload": payloads.NONE_OF_THESE}

    def _other_language(self) -> Choice:
        other = "es" if self.locale == "qu" else "qu"
        title, payload = LANGUAGE_CHOICES[other], payloads.of_locale(other)
        return {"title": title, "codigo": None, "aspecto": None, "payload": payload}

    def _sede_choice(self, place: Sede, aspecto: str) -> Choice:
        title = aspect_question(Aspecto(aspecto), self.locale)
        payload = payloads.of_sede(place.codigo, aspecto)
        return {"title": title, "codigo": None, "sede": place.codigo, "aspecto": aspecto, "payload": payload}

    def _line(self, text: str, found: Respuesta | None = None, choices: list[Choice] | None = None) -> Draft:
        return Draft(
            Sender.ASSISTANT,
            text,
            self.locale,
            self.message.seq if self.message else None,
            answer=_answer_object(found) if found else None,
            choices=choices or [],
            fault=self.fault,
        )


def next_questions(current: Published, answered: Aspecto | None, locale: str) -> list[Choice]:
    """Up to three questions people ask next, those first whose answer is known."""
    facts = current.ficha.hechos
    others = [aspecto for aspecto in NEXT_ASPECTS if aspecto is not answered]
    others.sort(key=lambda aspecto: facts.evidence_of(aspecto).confianza is Confianza.SIN_DATO)
    return [_question_choice(current.codigo, aspecto, locale) for aspecto in others[:MOST_NEXT]]


def _question_choice(codigo: str, aspecto: Aspecto, locale: str) -> Choice:
    return _aspect_choice(aspect_question(aspecto, locale), codigo, aspecto)


def _aspect_choice(title: str, codigo: str, aspecto: str) -> Choice:
    payload = payloads.of_aspecto(codigo, aspecto)
    return {"title": title, "codigo": codigo, "aspecto": str(aspecto), "payload": payload}


def _answer_object(found: Respuesta) -> dict[str, Any]:
    """The `answer` of the contract; what is not known is null."""
    subject = {"sede": found.sede} if found.sede else {"codigo": found.codigo}
    return {
        **subject,
        "aspecto": str(found.aspecto),
        "confianza": str(found.confianza),
        "url": found.url,
        "revision": found.revision,
        "fuente": found.fuente or None,
        "actualizado_at": timezone.localtime(found.actualizado_at).isoformat()
        if found.actualizado_at
        else None,
    }


def _published(codigo: str) -> Published | None:
    try:
        return published(codigo) if codigo else None
    except TramiteNotFound:
        return None


def _codigos(options: Sequence[results.Subject]) -> list[str]:
    return [option.codigo for option in options if option.codigo]


def _says(decided: Sequence[results.Result], key: str) -> bool:
    return any(isinstance(result, results.Say) and result.key == key for result in decided)
