"""What records say of each person, body, case and event, gathered over all mentions decided to be the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from kg.identity.canonical import Canonical
from kg.identity.names.spelling import key
from kg.records import Corpus, PartialDate, Record
from kg.records.model import AnyFact, BodyFact, CaseFact, EventFact, PersonFact, RelationFact, TenureFact
from kg.vocabulary import ID, Vocabulary, load_vocabulary

MANY = 25
"""People that a source names from which it is read as a list, in which one person may have two entries."""
LABELLED = 3
"""People named in the label of a case or event without a name."""


@dataclass
class Thing:
    """One person, body, case or event as far as decisions go: `mentions` are the addresses that stand for it, `iri` is canonical.

    `passages` holds the summaries of the passages that speak of it, `roles` keys of roles in events and posts; `people`, `bodies`
    and `cases` the canonical addresses of what it is named together with. `kinds` are keys of the kind of event or body.
    """

    iri: str
    kind: str
    mentions: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    passages: dict[str, str] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    born: set[PartialDate] = field(default_factory=set)
    birth_years: set[tuple[int, int]] = field(default_factory=set)
    sexes: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    provisions: set[str] = field(default_factory=set)
    dates: set[PartialDate] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    identifiers: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Its first name as printed, or nothing."""
        return next(iter(self.names), "")

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Its names in one spelling each, words in order of the alphabet."""
        return frozenset(" ".join(sorted(key(word) for word in name.replace("-", " ").split())) for name in self.names)


@dataclass
class Things:
    """Everything that a corpus speaks of, by canonical address; `lists` are the sources that are lists of many people, `within`
    says which place lies directly in which."""

    by_iri: dict[str, Thing] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    within: dict[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Thing]:
        """Those that are a person, body, case or event."""
        return [thing for thing in self.by_iri.values() if thing.kind == kind]

    def label(self, iri: str) -> str:
        """What the thing with the address `iri` is called; what has no name, after the people in it, its kind and date."""
        thing = self.by_iri[iri]
        if thing.name or thing.kind in ("person", "body"):
            return thing.name or iri.removeprefix(ID)
        people = sorted(self.by_iri[person].name for person in thing.people if person in self.by_iri)
        whom = ", ".join(people[:LABELLED]) + (" and others" if len(people) > LABELLED else "")
        what = ", ".join([*sorted(thing.kinds), *sorted(date.text for date in thing.dates)]) or thing.kind
        return f"{what}: {whom}" if whom else what

    def kept_apart(self, one: Thing, other: Thing) -> bool:
        """Whether an editor saw both side by side and gave them two keys: in one passage, or in one source that is no list."""
        shared = one.sources.keys() & other.sources.keys()
        return bool(shared - self.lists) or bool(one.passages.keys() & other.passages.keys())

    def places_around(self, place: str) -> set[str]:
        """A place and everything that it lies in."""
        found = set()
        while place and place not in found:
            found.add(place)
            place = self.within.get(place, "")
        return found


def read_things(corpus: Corpus, canonical: Canonical) -> Things:
    """Gather what the records of `corpus` say, and its publishers, which are bodies too."""
    found = Things(within={key: place.within for key, place in corpus.registries.places.entries.items() if place.within})
    for key_, publisher in corpus.registries.publishers.entries.items():
        thing = _thing(found, canonical, f"{ID}publisher/{key_}", "body")
        thing.names |= dict.fromkeys([publisher.name, *publisher.other_names])
        thing.kinds.add(publisher.kind)
    words = load_vocabulary()
    for file in corpus.files:
        if file.record.source.withdrawn is None:
            _Reader(file.record, canonical, found, words).read()
    return found


def _thing(found: Things, canonical: Canonical, mention: str, kind: str) -> Thing:
    iri = canonical(mention)
    thing = found.by_iri.setdefault(iri, Thing(iri, kind))
    thing.mentions[mention] = None
    return thing


class _Reader:
    """Reads one record into the things of the corpus."""

    def __init__(self, record: Record, canonical: Canonical, found: Things, words: Vocabulary) -> None:
        self.record, self.canonical, self.found, self.words = record, canonical, found, words
        self.kinds: dict[str, str] = {}
        for fact in self._facts():
            for kind, model in (("person", PersonFact), ("body", BodyFact), ("case", CaseFact), ("event", EventFact)):
                if isinstance(fact, model):
                    self.kinds[getattr(fact, kind)] = kind

    def _facts(self) -> Iterable[AnyFact]:
        return (fact for passage in self.record.passages for fact in passage.facts)

    def read(self) -> None:
        source = self.record.source.id
        if sum(kind == "person" for kind in self.kinds.values()) >= MANY:
            self.found.lists.add(source)
        for passage in self.record.passages:
            self.passage, self.summary = f"{ID}source/{source}/{passage.id}", passage.summary
            for fact in passage.facts:
                self._fact(fact)

    def iri(self, key_: str) -> str:
        return self.canonical(f"{ID}{self.record.source.id}/{key_}")

    def thing(self, key_: str) -> Thing | None:
        kind = self.kinds.get(key_)
        if kind is None:
            return None
        thing = _thing(self.found, self.canonical, f"{ID}{self.record.source.id}/{key_}", kind)
        thing.sources[self.record.source.id] = None
        thing.passages[self.passage] = self.summary
        return thing

    def _fact(self, fact: AnyFact) -> None:
        match fact:
            case PersonFact():
                self._person(fact)
            case BodyFact():
                self._body(fact)
            case CaseFact():
                self._case(fact)
            case TenureFact():
                self._tenure(fact)
            case EventFact():
                self._event(fact)
            case RelationFact():
                self._together([fact.subject, fact.object])

    def _person(self, fact: PersonFact) -> None:
        person = self.thing(fact.person)
        assert person is not None
        _name(person, fact)
        person.born |= {fact.born} if fact.born else set()
        published = self.record.source.published
        if fact.age is not None and published is not None and published.earliest and published.latest:
            person.birth_years.add((published.earliest.year - fact.age - 1, published.latest.year - fact.age))
        person.sexes |= {fact.sex} if fact.sex else set()
        person.places |= {fact.home} if fact.home else set()
        person.described |= {text for text in (fact.occupation, fact.group) if text}

    def _body(self, fact: BodyFact) -> None:
        body = self.thing(fact.body)
        assert body is not None
        _name(body, fact)
        body.kinds |= {fact.kind} if fact.kind else set()
        body.places |= {fact.place} if fact.place else set()
        body.whole |= {self.iri(fact.part_of)} if fact.part_of else set()

    def _case(self, fact: CaseFact) -> None:
        case = self.thing(fact.case)
        assert case is not None
        case.names |= dict.fromkeys([*([fact.name] if fact.name else []), *fact.other_names])
        case.people |= {self.iri(person) for person in fact.defendants}
        case.provisions |= {provision.path for provision in fact.provisions}
        case.whole |= {self.iri(fact.part_of)} if fact.part_of else set()
        self._together(fact.defendants, cases=[fact.case])

    def _tenure(self, fact: TenureFact) -> None:
        person = self.thing(fact.tenure)
        if person is not None:
            person.roles.add(fact.role)
            person.bodies |= {self.iri(fact.body)} if fact.body else set()
            person.dates |= {date for date in (fact.since, fact.until, fact.as_of) if date}

    def _event(self, fact: EventFact) -> None:
        event = self.thing(fact.event)
        assert event is not None
        everybody = [person for people in fact.people.values() for person in people]
        event.kinds |= {fact.kind} if fact.kind else set()
        event.names |= {fact.title: None} if fact.title else {}
        event.people |= {self.iri(person) for person in everybody}
        event.bodies |= {self.iri(body) for body in fact.body}
        event.cases |= {self.iri(case) for case in fact.case}
        event.places |= {fact.place} if fact.place else set()
        event.dates |= {fact.date} if fact.date else set()
        event.whole |= {self.iri(fact.of)} if fact.of else set()
        for role, people in fact.people.items():
            for key_ in people:
                if (person := self.thing(key_)) is not None:
                    person.roles.add(role)
                    person.dates |= {fact.date} if fact.date else set()
                    person.places |= {fact.place} if fact.place else set()
        self._together(everybody, fact.case, fact.body)

    def _together(self, people: Iterable[str], cases: Iterable[str] = (), bodies: Iterable[str] = ()) -> None:
        """Note for each of `people` whom and what they are named with."""
        group = {self.iri(key_) for key_ in people}
        for key_ in people:
            if (person := self.thing(key_)) is not None:
                person.people |= group - {person.iri}
                person.cases |= {self.iri(case) for case in cases}
                person.bodies |= {self.iri(body) for body in bodies}
        for case_key in cases:
            if (case := self.thing(case_key)) is not None:
                case.bodies |= {self.iri(body) for body in bodies}
        for body_key in bodies:
            if (body := self.thing(body_key)) is not None:
                body.people |= group


def _name(thing: Thing, fact: PersonFact | BodyFact) -> None:
    thing.names |= dict.fromkeys([*([fact.name] if fact.name else []), *fact.other_names])
    thing.identifiers |= {f"wikidata:{fact.wikidata}"} if fact.wikidata else set()
    thing.identifiers |= {f"{scheme}:{value}" for scheme, value in fact.identifiers.items()}
