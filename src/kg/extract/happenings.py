"""Tellings of the same happening, joined; and the prosecutions that happenings belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kg.extract.body_mentions import BodyMention
from kg.extract.event_draft import EventDraft, acquitted_and_sentenced
from kg.extract.findings import CaseMention
from kg.extract.participants import AFFECTED, AGAINST_OFFICIALS
from kg.extract.penalties import Length
from kg.extract.persons import Person, PersonMention
from kg.extract.provisions import ProvisionMention
from kg.extract.tokens import Stretch, Text
from kg.records import Provision

CONNECTING = {"sentence", "charge-brought", "hearing", "sentence-request", "custody-ruling", "appeal-ruling", "detention"}
"""Kinds of event whose defendants are tried together when one event names them together."""
SINGLE = {"statement", "appeal", "protest"}
"""Kinds that are told apart whenever they are told: two statements are two."""
OPENED = {"sentence", "sentence-request", "custody-ruling", "appeal-ruling", "detention", "search", "sanction-designation"}
"""Kinds that articles often tell first without names, and then person by person."""


@dataclass
class Happening:
    """One event and every place in the article that tells it."""

    kind: str
    tellings: list[EventDraft]

    @property
    def affected(self) -> list[Person]:
        """Everybody to whom some telling says that it happened."""
        return list(dict.fromkeys(person for event in self.tellings for person in event.affected))


@dataclass
class Case:
    """A prosecution: its name if the article gives one, its defendants, where it was read."""

    name: str | None
    people: list[Person]
    stretch: Stretch
    doubt: str | None
    provisions: list[Provision] = field(default_factory=list)
    key: str = ""


def happenings(events: list[EventDraft], text: Text) -> list[Happening]:
    """Join tellings: same kind, somebody in common, dates and outcomes that do not contradict each other.

    A telling that names nobody ("sentenced four men") is joined to those that follow it without a court or date of their own; one
    that cannot be joined and has nothing else to say either, such as a headline, is dropped.
    """
    _name_lone_defendant(events)
    found: list[Happening] = []
    for event in events:
        same = next((h for h in found if event.listed and h.tellings[-1].listed == event.listed), None)
        same = same or next((h for h in found if event.kind not in SINGLE and h.kind == event.kind and _same(h, event)), None)
        same = same or next((h for h in reversed(found) if h.kind == event.kind and _goes_on(h, event, text)), None)
        if same:
            same.tellings.append(event)
        else:
            found.append(Happening(event.kind, [event]))
    for happening in found:
        _drop_repeated(happening)
    return [h for h in found if h.affected or h.kind not in OPENED or not _says_nothing(h)]


def _name_lone_defendant(events: list[EventDraft]) -> None:
    """A ruling told of nobody is one on the only person to whom anything happens in the article."""
    everyone = {person for event in events if event.kind not in AGAINST_OFFICIALS for person in event.affected}
    for event in events if len(everyone) == 1 else ():
        if event.kind in CONNECTING and not event.affected and not any(given.person for given in event.given):
            event.people[AFFECTED[event.kind]] = list(everyone)
            event.doubts.append("nobody is named here; taken to be the only one to whom anything happens in the article")


def _drop_repeated(happening: Happening) -> None:
    """A term told of nobody ("sentenced to 7 years", in a headline) is not told again beside that of a person."""
    named = {given.length for event in happening.tellings for given in event.given if given.person}
    for event in happening.tellings:
        event.given = [given for given in event.given if given.person or given.length not in named]


def _goes_on(happening: Happening, event: EventDraft, text: Text) -> bool:
    """Whether `event` spells out, in this paragraph or the next, what `happening` has only begun to tell; or begins it again."""
    if event.kind not in OPENED or happening.kind != event.kind:
        return False
    last = happening.tellings[-1]
    places = [text.paragraphs.index(text.paragraph_at(one.stretch.start)) for one in (last, event)]
    between = places[1] - places[0]
    if between > (2 if places[0] == 0 else 1) or not _agree(happening, event):
        return False
    if not happening.affected:
        return True
    opened = not happening.tellings[0].affected and (happening.tellings[0].body or happening.tellings[0].date)
    bare = not event.date and (event.body is None or event.body.anaphor)
    if not event.affected:
        return between == 0 and not (event.given and any(told.given for told in happening.tellings))
    return bool(bare and (opened or event.kind == "sentence") and between == 0)


def _says_nothing(happening: Happening) -> bool:
    told = happening.tellings
    terms = any(given.length.most is None or event.kind == "sentence-request" for event in told for given in event.given)
    return not terms and not any(event.people or event.date or event.body for event in told)


def _agree(happening: Happening, event: EventDraft) -> bool:
    """No date, outcome, court, measure or term of `event` is another than what was told."""
    for told in happening.tellings:
        if told.date and event.date and not _compatible(told.date.value, event.date.value):
            return False
        if (told.outcome and event.outcome and told.outcome != event.outcome) or acquitted_and_sentenced(told, event):
            return False
        if told.body and event.body and not _one_body(told.body, event.body):
            return False
        if (told.measure or event.measure) and told.measure != event.measure:
            return False
        if not _terms_agree(told, event):
            return False
    return True


def _one_body(one: BodyMention, other: BodyMention) -> bool:
    """Whether two courts can be one: a shorter name for it, or in a headline just a court of some town."""
    if one.anaphor or other.anaphor or one.name == other.name:
        return True
    return one.name.startswith(other.name) or other.name.startswith(one.name) or "court" in (one.kind, other.kind)


def _same(happening: Happening, event: EventDraft) -> bool:
    if not _agree(happening, event):
        return False
    if not happening.affected or not event.affected:
        return not event.affected and not happening.affected and _told_alike(happening.tellings[0], event)
    return bool(set(happening.affected) & set(event.affected))


def _told_alike(one: EventDraft, other: EventDraft) -> bool:
    return bool(one.date and other.date and one.date.value == other.date.value) or bool(
        one.body and other.body and one.body.name == other.body.name
    )


def _terms_agree(one: EventDraft, other: EventDraft) -> bool:
    """Two tellings of a verdict must not give one person two different terms."""
    for given in one.given:
        for more in other.given:
            if (
                given.person
                and given.person == more.person
                and given.term.main
                and more.term.main
                and _months(given.length) != _months(more.length)
            ):
                return False
    return True


def _months(length: Length) -> tuple[Decimal, Decimal | None, Decimal | None]:
    """A length with its years counted in months: `5,5 лет` and `пять лет и шесть месяцев` are one."""
    return (length.years or Decimal(0)) * 12 + (length.months or Decimal(0)), length.days, length.most


def _compatible(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def cases_of(
    stories: list[Happening], named: list[CaseMention], text: Text, people: list[PersonMention], provisions: list[ProvisionMention]
) -> list[Case]:
    """Groups of defendants whom events name together; a name where the article ties one to exactly one group."""
    groups: list[list[Person]] = []
    where: dict[int, Stretch] = {}
    for story in stories:
        if story.kind not in CONNECTING or not story.affected:
            continue
        touching = [group for group in groups if set(group) & set(story.affected)]
        merged = list(dict.fromkeys([p for group in touching for p in group] + story.affected))
        first = min([where[id(group)].start for group in touching] + [story.tellings[0].stretch.start])
        groups = [group for group in groups if group not in touching] + [merged]
        where[id(merged)] = Stretch(first, first + 1)
    groups.sort(key=lambda group: where[id(group)].start)
    cases = [
        Case(None, group, text.sentence_at(where[id(group)].start), "joined because events name these people together")
        for group in groups
    ]
    for provision in provisions:
        _charge(provision, cases, text, people)
    for mention in {m.name.lower(): m for m in reversed(named)}.values():
        _name(mention, cases, text, people)
    unnamed = [case for case in cases if case.name is None]
    loose = [case for case in cases if not case.people]
    if len(unnamed) == 1 and len(loose) == 1 and len(cases) == 2:
        unnamed[0].name, unnamed[0].doubt = loose[0].name, "the only case that the article names was taken to be theirs"
        cases = unnamed
    return sorted(cases, key=lambda case: case.stretch.start)


def _charge(mention: ProvisionMention, cases: list[Case], text: Text, people: list[PersonMention]) -> None:
    """An article of a criminal code is one of the case whose defendants its sentence names."""
    sentence = text.sentence_at(mention.stretch.start)
    near = {m.person for m in people if sentence.holds(m.stretch)}
    fitting = [case for case in cases if near & set(case.people)]
    if len(fitting) == 1 and mention.provision.code.endswith("-cc") and mention.provision not in fitting[0].provisions:
        fitting[0].provisions.append(mention.provision)


def _name(mention: CaseMention, cases: list[Case], text: Text, people: list[PersonMention]) -> None:
    paragraph = text.paragraph_at(mention.stretch.start)
    near = {m.person for m in people if paragraph.holds(m.stretch)}
    fitting = [case for case in cases if case.name is None and near & set(case.people)]
    plural = mention.name.lower().rstrip('”"’').endswith("cases")
    if len(fitting) == 1 and not plural:
        case = fitting[0]
        case.name, case.stretch = mention.name, mention.stretch
        case.doubt = "the name stands in the same paragraph as the defendants"
    elif not plural:
        cases.append(Case(mention.name, [], mention.stretch, "no defendants were tied to this name"))
