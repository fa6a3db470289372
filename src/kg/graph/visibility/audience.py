"""Who may see what: sources, passages, people and things above the audience of a build never enter it.

A mark on a person, body, case or event in one record travels along identity decisions: whoever is hidden in one record is
hidden in all, under every mention that was decided to be the same. A passage that has a fact about somebody hidden, or that
names them in any text or key, is left out as a whole, and so is a record whose title, address or file name names them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.graph import iris
from kg.graph.naming import NamesInText
from kg.identity import Decision
from kg.records import Corpus, Record, RecordFile
from kg.records.keys import declared_keys, mentioned_keys
from kg.records.model import BodyFact, CaseFact, EventFact, Passage, PersonFact

LEVELS = ("public", "restricted", "confidential")
"""Audiences from widest to narrowest; material marked with a level enters builds for that level and narrower ones."""


def above(level: str | None, audience: str) -> bool:
    """Whether material marked `level` is kept from `audience`."""
    return level is not None and LEVELS.index(level) > LEVELS.index(audience)


@dataclass
class Visible:
    """What an audience may see of a corpus.

    `hidden` holds the addresses of sources, passages and mentions that it may not see, `names` finds the names of people and
    bodies among them, `partial` tells which files enter without some of their passages or facts, `withdrawn` holds addresses
    that only withdrawn sources speak of.
    """

    records: list[tuple[RecordFile, Record]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    names: NamesInText = field(default_factory=lambda: NamesInText([]))
    partial: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)


def visible_corpus(corpus: Corpus, decisions: Iterable[Decision], audience: str) -> Visible:
    """The records of `corpus` without anything that `audience` may not see."""
    records = [file.record for file in corpus.files]
    marked = _spread({iri for record in records for iri in _marked(record, audience)}, decisions)
    names = _names(corpus, marked)
    visible = Visible(names=names)
    for file in corpus.files:
        seen = None if names.found_in(file.name) else visible_record(file.record, audience, marked, names)
        visible.hidden |= addresses(file.record) - (addresses(seen) if seen else set())
        if seen is not None:
            visible.records.append((file, _standing(seen, visible.withdrawn)))
            if seen is not file.record:
                visible.partial.add(file.name)
    return visible


def _standing(record: Record, withdrawn: set[str]) -> Record:
    """`record`, or only its source when that is withdrawn: it leaves a tombstone with the reason, and states nothing."""
    if record.source.withdrawn is None:
        return record
    withdrawn |= addresses(record) - {iris.source(record.source.id)}
    return record.model_copy(update={"passages": []})


def visible_record(record: Record, audience: str, hidden: Iterable[str] = (), names: NamesInText | None = None) -> Record | None:
    """`record` without what `audience` may not see, or None when nothing of it may be seen; itself when all of it may.

    `hidden` holds addresses of mentions hidden because of other records, `names` finds names that no text may have.
    """
    source = record.source
    if above(source.visibility, audience) or (names and names.found_in_any(source.model_dump())):
        return None
    secret = _marked(record, audience) | set(hidden)
    keys = {key for key in declared_keys(record) if iris.entity(source.id, key) in secret}
    passages = [
        passage
        for passage in record.passages
        if not above(passage.visibility, audience)
        and not any(mentioned_keys(fact) & keys for fact in passage.facts)
        and not (names and names.found_in_any(passage.model_dump()))
    ]
    if len(passages) == len(record.passages):
        return record
    passages = _without_loose_ends(record, passages)
    return record.model_copy(update={"passages": passages}) if passages else None


def addresses(record: Record) -> set[str]:
    """The addresses of the source, the passages and everything that `record` declares."""
    source = record.source.id
    return {
        iris.source(source),
        *(iris.passage(source, passage.id) for passage in record.passages),
        *(iris.entity(source, key) for key in declared_keys(record)),
    }


def _without_loose_ends(record: Record, passages: list[Passage]) -> list[Passage]:
    """`passages` without facts about what only a hidden passage names: such a fact would say that something is hidden there."""
    everything = declared_keys(record)
    while True:
        known = declared_keys(record.model_copy(update={"passages": passages}), complete=True)
        lost = everything - known
        trimmed = [
            passage.model_copy(update={"facts": [fact for fact in passage.facts if not mentioned_keys(fact) & lost]})
            for passage in passages
        ]
        if [len(passage.facts) for passage in trimmed] == [len(passage.facts) for passage in passages]:
            return passages
        passages = trimmed


def _marked(record: Record, audience: str) -> set[str]:
    """The addresses of what the record itself marks above `audience`."""
    found = set()
    for passage in record.passages:
        for fact in passage.facts:
            for model, name in ((PersonFact, "person"), (BodyFact, "body"), (CaseFact, "case"), (EventFact, "event")):
                if isinstance(fact, model) and above(fact.visibility, audience):
                    found.add(iris.entity(record.source.id, getattr(fact, name)))
    return found


def _spread(marked: set[str], decisions: Iterable[Decision]) -> set[str]:
    """`marked` with everything decided to be the same, by whatever chain; a contradiction elsewhere uncovers nobody."""
    holding = {decision.pair: decision for decision in decisions}
    neighbours: Mapping[str, set[str]] = defaultdict(set)
    for decision in holding.values():
        if decision.same:
            neighbours[decision.subject].add(decision.object)
            neighbours[decision.object].add(decision.subject)
    found, waiting = set(marked), list(marked)
    while waiting:
        new = neighbours[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def _names(corpus: Corpus, hidden: set[str]) -> NamesInText:
    """Finds the names of the people and bodies with the addresses `hidden`."""
    if not hidden:
        return NamesInText([])
    secret: list[str] = []
    shown: list[str] = [entry.name for entry in corpus.registries.publishers.entries.values()]
    shown += [name for entry in corpus.registries.places.entries.values() for name in (*entry.name.values(), *entry.other_names)]
    for file in corpus.files:
        for passage in file.record.passages:
            for fact in passage.facts:
                if not isinstance(fact, (PersonFact, BodyFact)):
                    continue
                key = fact.person if isinstance(fact, PersonFact) else fact.body
                given = [*([fact.name] if fact.name else []), *fact.other_names]
                if iris.entity(file.record.source.id, key) in hidden:
                    secret += given
                elif not above(file.record.source.visibility, "public") and not above(passage.visibility, "public"):
                    shown += given
    return NamesInText(secret, shown)
