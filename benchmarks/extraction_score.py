"""How right a draft is, fact by fact, against the annotation of its article.

Strict on purpose: a wrong link accuses somebody, so a fact that is nearly right is wrong *and* missing. What counts as the same:

- names: any printed form, without regard to case, quotation marks, `ё`, kinds of apostrophe, "the" and "so-called";
- *person*: by name; a second person for somebody already found is wrong;
- *role*: person and role, from events, posts, occupations and relations; the word for those to whom something was done follows
  the kind of event (`detainee` in a detention); a wider role beside the right one (`judge`, `presiding-judge`) does not count;
- *body*: name and kind; *provision*: code, article, part; *case*: name, for cases that have one;
- *event*: kind, date (the same precision, or absent in both) and words of the annotated passage;
- *participant*: role and person in an event of that kind at that passage, whatever its date, so that a wrong date is one mistake;
- *penalty*: asked for or given, person, kind, length, regime, fine; *statement*: speaker and passage; *figure*: value and passage.

The same event told twice and not put together is no false fact: the second telling counts neither way, and `told_twice` counts it.
Two kinds of line stand outside the total, because their parts are in it: *event with all its people* (an event as above with
exactly these people) and *event detail* (body, outcome, measure, end of custody, from, to and modality of the events found, where
the annotation states them). Facts marked optional, and the publisher's own name as a body, do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from benchmarks.extraction_found import Found, FoundEvent, Term, case_name, plain_name, read_draft, terms
from benchmarks.extraction_gold import GoldArticle, GoldEvent, GoldPenalty, GoldPerson, GoldStatement
from kg.extract import Draft
from kg.vocabulary import load_vocabulary

COUNTED = ("person", "role", "body", "provision", "case", "event", "participant", "penalty", "statement", "figure")
BESIDE = ("event with all its people", "event detail")
WIDER = {
    "presiding-judge": "judge",
    "court-chair": "judge",
    "deputy-court-chair": "judge",
    "senior-investigator": "investigator",
    "head-of-investigation": "investigator",
    "head-prosecutor": "prosecutor",
    "deputy-prosecutor": "prosecutor",
    "arresting-officer": "officer",
    "secret-witness": "witness",
}
_PRISONERS = ("release", "release-ruling", "transfer", "imprisonment", "exchange", "health-finding", "protest")
_DONE_TO = {
    **dict.fromkeys(_PRISONERS, "prisoner"),
    "detention": "detainee",
    "rearrest": "detainee",
    "search": "searched-person",
    "ill-treatment": "victim",
    "death": "deceased",
}
_VICTIMS = ("ill-treatment", "health-finding", "death")

Id = tuple[str, int | str]
"""A person or body of the annotation, `("p", 3)` or `("b", 0)`; somebody or something else, `("?", "Ivan Petrenko")`."""
Part = tuple[str, Id]
"""A role in an event and who has it."""


@dataclass
class Tally:
    """Facts found and right, found and wrong, and missed; the latter two as text, for whoever repairs the rules."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right among found; 1 when nothing was found."""
        return self.right / (self.right + len(self.wrong)) if self.right or self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Found among wanted; 1 when nothing was wanted."""
        return self.right / (self.right + len(self.missed)) if self.right or self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1.0)

    def add(self, other: Tally) -> None:
        """Count the facts of `other` too."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed


Scores = dict[str, Tally]


@dataclass
class Pairing:
    """Events of the annotation with the found ones; found ones that are wrong, or a second telling; annotated ones not found."""

    pairs: list[tuple[GoldEvent, FoundEvent]]
    wrong: list[FoundEvent]
    twice: list[FoundEvent]
    missed: list[GoldEvent]


def total(scores: Scores) -> Tally:
    """All counted kinds of fact together."""
    together = Tally()
    for kind in COUNTED:
        together.add(scores[kind])
    return together


def score(draft: Draft, article: GoldArticle) -> Scores:
    """Compare `draft`, extracted from `article.text`, with the annotation: a tally for each of COUNTED and BESIDE."""
    return _Comparison(read_draft(draft), article).scores()


def told_twice(draft: Draft, article: GoldArticle) -> int:
    """How many found events tell again what another found event tells."""
    return len(_Comparison(read_draft(draft), article).pairing().twice)


def traps_sprung(draft: Draft, article: GoldArticle) -> list[str]:
    """The annotated traps in whose words an event was found that the annotation does not have."""
    wrong = _Comparison(read_draft(draft), article).pairing().wrong
    places = [place for event in wrong for place in event.spans]
    return [trap.quote for trap in article.gold.not_ if _touch(article.places(trap.quote), places)]


def compare(wanted: set[Hashable], found: set[Hashable], neutral: set[Hashable], named: Callable[[Hashable], str] = str) -> Tally:
    """Two sets: what is in both is right; what is only found is wrong unless `neutral`; what is only wanted is missed."""
    neutral = neutral - wanted
    return Tally(len(wanted & found), sorted(map(named, found - wanted - neutral)), sorted(map(named, wanted - found)))


def _touch(ones: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> bool:
    others = list(others)
    return any(a < d and c < b for a, b in ones for c, d in others)


class _Comparison:
    def __init__(self, found: Found, article: GoldArticle) -> None:
        self.found, self.article, self.gold = found, article, article.gold
        self.affected = {key for key, role in load_vocabulary().roles.items() if role.affected}
        self.ids: dict[str, Id] = {}
        self.declared: dict[str, Id] = {person.name: ("p", number) for number, person in enumerate(self.gold.people)}
        self.declared |= {body.name: ("b", number) for number, body in enumerate(self.gold.bodies)}
        self.people, self.bodies = self._people(), self._bodies()

    def scores(self) -> Scores:
        pairing = self.pairing()
        return {
            "person": self.people,
            "role": self._roles(),
            "body": self.bodies,
            "provision": self._provisions(),
            "case": self._cases(),
            "event": self._events(pairing),
            "participant": self._participants(),
            "penalty": self._penalties(),
            "statement": self._statements(),
            "figure": self._figures(),
            "event with all its people": self._whole_events(pairing),
            "event detail": self._details(pairing),
        }

    # Names: who of the annotation is meant by each key of the draft.

    def _people(self) -> Tally:
        """Found people with the most words first, each to a person of the annotation that shares a printed form."""
        tally, taken = Tally(), set[int]()
        forms = [{plain_name(form) for form in person.forms()} for person in self.gold.people]
        for key, names in sorted(self.found.people.items(), key=lambda item: -max(len(name.split()) for name in item[1])):
            alike = [number for number, known in enumerate(forms) if known & {plain_name(name) for name in names}]
            free = [number for number in alike if number not in taken]
            self.ids[key] = ("p", (free or alike)[0]) if alike else ("?", min(names))
            if free:
                taken.add(free[0])
                tally.right += not self.gold.people[free[0]].optional
            else:
                tally.wrong.append(f"{min(names)} (again)" if alike else min(names))
        tally.missed = [one.name for number, one in enumerate(self.gold.people) if number not in taken and not one.optional]
        return tally

    def _bodies(self) -> Tally:
        tally, taken = Tally(), set[int]()
        forms = [{plain_name(form) for form in body.forms()} for body in self.gold.bodies]
        for key, (names, kind) in self.found.bodies.items():
            plain = {plain_name(name) for name in names}
            alike = [number for number, known in enumerate(forms) if known & plain]
            free = [number for number in alike if number not in taken]
            self.ids[key] = ("b", (free or alike)[0]) if alike else ("?", min(names))
            taken.update(free[:1])
            if plain == {plain_name(self.gold.article.publisher)} or (alike and self.gold.bodies[alike[0]].optional):
                continue
            if free and kind in self.gold.bodies[free[0]].kind:
                tally.right += 1
            else:
                tally.wrong.append(f"{min(names)}: {kind}")
                tally.missed += [f"{self.gold.bodies[number].name}: kind" for number in free[:1]]
        tally.missed += [one.name for number, one in enumerate(self.gold.bodies) if number not in taken and not one.optional]
        return tally

    def _id(self, key: str) -> Id:
        return self.ids.get(key, ("?", key))

    def _is_optional(self, who: Id) -> bool:
        kind, number = who
        return isinstance(number, int) and (self.gold.people if kind == "p" else self.gold.bodies)[number].optional

    def _named(self, fact: object) -> str:
        """A fact as text, with names for ids."""
        if not isinstance(fact, tuple):
            return str(fact)
        if len(fact) == 2 and fact[0] in ("p", "b", "?"):
            things = self.gold.people if fact[0] == "p" else self.gold.bodies
            return things[fact[1]].name if isinstance(fact[1], int) else str(fact[1])
        return " ".join(map(self._named, fact))

    # Roles and participants.

    def _role(self, kind: str, role: str) -> str:
        """The role in an event of `kind`: of those to whom it was done, the one that belongs to the kind."""
        if role not in self.affected or (role == "victim" and kind not in _VICTIMS):
            return role
        return _DONE_TO.get(kind, "defendant")

    def _wanted_parts(self, event: GoldEvent) -> set[Part]:
        parts = {(self._role(event.kind, role), self.declared[name]) for role, names in event.people.items() for name in names}
        return {part for part in parts if not self._is_optional(part[1])}

    def _neutral_parts(self, event: GoldEvent) -> set[Part]:
        parts = {(self._role(event.kind, role), self.declared[name]) for role, names in event.maybe.items() for name in names}
        return parts | _wider(parts) | _wider(self._wanted_parts(event))

    def _found_parts(self, event: FoundEvent) -> set[Part]:
        """Speakers are left out: what they said is scored as a statement."""
        parts = {(self._role(event.kind, role), self._id(key)) for role, key in event.people if role != "speaker"}
        return {part for part in parts if not self._is_optional(part[1])}

    def _roles(self) -> Tally:
        wanted, neutral = set[Part](), set[Part]()
        for person in self.gold.people:
            (neutral if person.optional else wanted).update(self._posts(person, person.roles))
            neutral.update(self._posts(person, person.maybe_roles))
        for event in self.gold.events:
            (neutral if event.optional else wanted).update(self._wanted_parts(event))
            neutral.update(self._neutral_parts(event))
        found = {part for event in self.found.events for part in self._found_parts(event)}
        found |= {
            (role, self._id(key)) for key, role in self.found.roles if role != "speaker" and not self._is_optional(self._id(key))
        }
        neutral |= _wider(wanted) | _wider(neutral) | {part for part in found if part[1][0] == "b"}
        people = {part for part in wanted if part[1][0] == "p"}
        return compare({*people}, {*found}, {*neutral}, self._named)

    def _posts(self, person: GoldPerson, roles: Iterable[str]) -> set[Part]:
        return {(role, self.declared[person.name]) for role in roles}

    def _participants(self) -> Tally:
        """Found events join the annotated one that they tell of, however many, whatever their date."""
        told: dict[int, set[Part]] = {}
        tally = Tally()
        for found in self.found.events:
            home = self._home(found)
            if home is None:
                tally.add(self._compared(found.kind, set(), self._found_parts(found), set()))
            else:
                told[home] = told.get(home, set()) | self._found_parts(found)
        for number, event in enumerate(self.gold.events):
            parts = told.get(number, set())
            if not event.optional:
                tally.add(self._compared(event.kind, self._wanted_parts(event), parts, self._neutral_parts(event)))
            elif parts:
                beyond = parts - self._wanted_parts(event) - self._neutral_parts(event)
                tally.add(self._compared(event.kind, set(), beyond, set()))
        return tally

    def _home(self, found: FoundEvent) -> int | None:
        parts = self._found_parts(found)
        alike = [
            (event.optional, found.date not in event.dates(), -len(parts & self._wanted_parts(event)), number)
            for number, event in enumerate(self.gold.events)
            if event.kind == found.kind and _touch(self._places(event), found.spans)
        ]
        return min(alike)[-1] if alike else None

    def _compared(self, kind: str, wanted: set[Part], told: set[Part], neutral: set[Part]) -> Tally:
        return compare({*wanted}, {*told}, {*neutral}, lambda fact: f"{kind}: {self._named(fact)}")

    # Events.

    def _places(self, event: GoldEvent) -> list[tuple[int, int]]:
        return [place for quote in (event.quote, *event.also_at) for place in self.article.places(quote)]

    def pairing(self) -> Pairing:
        """One found event for each of the annotation, those that share most people first; optional ones last."""
        candidates, tellings, blamed = [], set[int](), set[int]()
        for g, event in enumerate(self.gold.events):
            places, parts = self._places(event), self._wanted_parts(event)
            for f, found in enumerate(self.found.events):
                if found.kind != event.kind or not _touch(places, found.spans):
                    continue
                if found.date in event.dates():
                    candidates.append((event.optional, -len(parts & self._found_parts(found)), found.date != event.date, g, f))
        pairs, golds, founds = list[tuple[GoldEvent, FoundEvent]](), set[int](), set[int]()
        for optional, _, _, g, f in sorted(candidates):
            if g not in golds and f not in founds:
                golds.add(g)
                founds.add(f)
                pairs += [] if optional else [(self.gold.events[g], self.found.events[f])]
        for f, found in enumerate(self.found.events):
            same = [g for g, event in enumerate(self.gold.events) if f not in founds and self._tells_again(found, event)]
            if golds.intersection(same) or blamed.intersection(same):
                tellings.add(f)
            blamed.update(same)
        wrong = [event for f, event in enumerate(self.found.events) if f not in founds | tellings]
        missed = [event for g, event in enumerate(self.gold.events) if g not in golds and not event.optional]
        return Pairing(pairs, wrong, [self.found.events[f] for f in sorted(tellings)], missed)

    def _tells_again(self, found: FoundEvent, event: GoldEvent) -> bool:
        """The same kind and passage, no other date, and nobody whom the event does not have."""
        known = self._wanted_parts(event) | self._neutral_parts(event)
        same = found.kind == event.kind and found.date in {*event.dates(), None} and _touch(self._places(event), found.spans)
        return same and self._found_parts(found) <= known

    def _events(self, pairing: Pairing) -> Tally:
        wrong = [f"{event.kind} {event.date}: {self._words(event)}" for event in pairing.wrong]
        return Tally(len(pairing.pairs), wrong, [f"{event.kind} {event.date}: {event.quote}" for event in pairing.missed])

    def _words(self, event: FoundEvent) -> str:
        return " | ".join(self.article.text[start:end] for start, end in event.spans)

    def _whole_events(self, pairing: Pairing) -> Tally:
        tally = self._events(pairing)
        tally.right = 0
        for event, found in pairing.pairs:
            neutral = self._neutral_parts(event) - self._wanted_parts(event)
            if self._found_parts(found) - neutral == self._wanted_parts(event):
                tally.right += 1
            else:
                tally.wrong.append(f"{event.kind} {event.date}: {event.quote}")
                tally.missed.append(f"{event.kind} {event.date}: {event.quote}")
        return tally

    def _details(self, pairing: Pairing) -> Tally:
        tally = Tally()
        for event, found in pairing.pairs:
            bodies = {self.declared[name] for name in event.body}
            wanted: dict[str, object] = {
                "outcome": event.outcome,
                "measure": event.measure,
                "until": event.until,
                "body": bodies or None,
            }
            wanted |= {
                "from": event.origin and self.declared[event.origin],
                "to": event.destination and self.declared[event.destination],
            }
            wanted |= {"modality": event.modality if {event.modality, found.modality} != {"reported"} else None}
            told: dict[str, object] = {
                "outcome": found.outcome,
                "measure": found.measure,
                "until": found.until,
                "modality": found.modality,
            }
            told |= {"body": {self._id(key) for key in found.body} or None}
            told |= {"from": found.origin and self._id(found.origin), "to": found.destination and self._id(found.destination)}
            for name in [name for name, value in wanted.items() if value is not None]:
                text = f"{event.kind} {name}: {event.quote}"
                tally.right += told[name] == wanted[name]
                tally.missed += [text] if told[name] != wanted[name] else []
                tally.wrong += [text] if told[name] is not None and told[name] != wanted[name] else []
        return tally

    # What stands in the text by itself.

    def _provisions(self) -> Tally:
        coded = [one for one in self.gold.provisions if one.code]
        wanted, maybe = ({(one.code, one.article, one.part) for one in coded if one.optional == flag} for flag in (False, True))
        found = {(one.code, one.article, one.part) for one in self.found.provisions if one.article}
        return compare({*wanted}, {*found}, {*maybe})

    def _cases(self) -> Tally:
        forms = [{case_name(form) for form in case.forms()} for case in self.gold.cases]
        found = set[Hashable]()
        for names in self.found.cases:
            plain = {case_name(name) for name in names}
            found.add(next((number for number, known in enumerate(forms) if known & plain), min(names)))
        optional = {number for number, case in enumerate(self.gold.cases) if case.optional}
        return compare({*range(len(forms))} - optional, found, {*optional}, self._case)

    def _case(self, fact: Hashable) -> str:
        return self.gold.cases[fact].name if isinstance(fact, int) else str(fact)

    def _penalties(self) -> Tally:
        wanted, neutral, found = set[Hashable](), set[Hashable](), set[Hashable]()
        for told in self.found.events:
            for asked, key, length in told.terms:
                keys = {key} if key else {who for role, who in told.people if role in self.affected}
                found |= {(asked, self._id(who), length) for who in keys} or {(asked, None, length)}
        for event in self.gold.events:
            for asked, one in [(False, one) for one in event.penalties] + [(True, one) for one in event.requested]:
                who = self.declared[one.person] if one.person else None
                for readings in _gold_terms(event, one):
                    right = next((reading for reading in readings if (asked, who, reading) in found), readings[0])
                    (neutral if event.optional or one.optional else wanted).add((asked, who, right))
        return compare(wanted, found, neutral, self._named)

    def _statements(self) -> Tally:
        """A second found statement of the same speaker in the same passage is the same statement."""
        tally, open_ = Tally(), list(self.gold.statements)
        for found in self.found.statements:
            speakers = {self._id(key) for key in (*(key for _, key in found.people), *found.body)}
            alike = [one for one in self.gold.statements if self.declared[one.speaker] in speakers and self._at(one, found)]
            fresh = sorted((one for one in alike if one in open_), key=lambda one: one.optional)
            if fresh:
                open_.remove(fresh[0])
                tally.right += not fresh[0].optional
            elif not alike:
                tally.wrong.append(f"{' and '.join(sorted(map(self._named, speakers)))}: {self._words(found)}")
        tally.missed += [f"{one.speaker}: {one.quote}" for one in open_ if not one.optional]
        return tally

    def _at(self, one: GoldStatement, found: FoundEvent) -> bool:
        return _touch(self.article.places(one.quote), found.spans)

    def _figures(self) -> Tally:
        tally, open_ = Tally(), list(self.gold.figures)
        for value, place in self.found.figures:
            alike = [one for one in open_ if one.value == value and _touch(self.article.places(one.quote), [place])]
            if alike:
                open_.remove(alike[0])
                tally.right += not alike[0].optional
            else:
                tally.wrong.append(f"{value}: {self.article.text[place[0] : place[1]]}")
        tally.missed += [f"{one.value}: {one.quote}" for one in open_ if not one.optional]
        return tally


def _wider(parts: Iterable[Part]) -> set[Part]:
    """The wider roles that those of `parts` imply."""
    return {(WIDER[role], who) for role, who in parts if role in WIDER}


def _gold_terms(event: GoldEvent, one: GoldPenalty) -> list[list[Term]]:
    """What an annotated penalty consists of, each with every reading of its regime, the preferred one first."""
    years, months, days = str(one.years or 0), str(one.months or 0), str(one.days or 0)
    length, *fine = terms(event.kind, one.kind, years, months, days, one.regime, one.fine, bool(one.suspended))
    regimes = [None if other == "none" else other for other in one.regime_or]
    return [[length, *(length._replace(regime=regime) for regime in regimes)], *([other] for other in fine)]
