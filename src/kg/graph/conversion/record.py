"""One record -> the quads its passages state, on canonical IRIs."""

from __future__ import annotations

from pyoxigraph import Quad

from kg.graph import iris
from kg.graph.conversion.events import EventConverter
from kg.graph.conversion.source import describe_passage, describe_source
from kg.graph.iris import Resolve
from kg.graph.statements import Statements
from kg.records.model import (
    BodyFact,
    CaseFact,
    EventFact,
    Fact,
    FigureFact,
    PersonFact,
    QualificationFact,
    Record,
    RelationFact,
    TenureFact,
)
from kg.vocabulary import PN, Vocabulary

CONVERTER_VERSION = 6
"""Raised whenever the same record would give other quads, so that cached conversions are not reused."""

_RELATIONS = {"represents": "represents", "relative": "relativeOf", "colleague": "colleagueOf", "associate": "associateOf"}


def convert(record: Record, resolve: Resolve, words: Vocabulary) -> list[Quad]:
    """All quads of `record`.

    `resolve` maps the IRI of a mention to its canonical IRI; `words` is the ontology's vocabulary. The result is in the
    order of the file and may hold a quad twice.
    """
    return _Converter(record, resolve, words).run()


def declared(record: Record) -> dict[str, str]:
    """IRI -> kind (person, body, case, event) of everything `record` declares, for checking identity decisions."""
    kinds: dict[str, str] = {}
    for passage in record.passages:
        for fact in passage.facts:
            for kind, model in (("person", PersonFact), ("body", BodyFact), ("case", CaseFact), ("event", EventFact)):
                if isinstance(fact, model):
                    kinds[iris.entity(record.source.id, getattr(fact, kind))] = kind
    return kinds


class _Converter:
    def __init__(self, record: Record, resolve: Resolve, words: Vocabulary) -> None:
        self.record, self.resolve, self.words = record, resolve, words
        self.out = Statements()
        self.events = EventConverter(record, self.out, self.iri, words)

    def iri(self, key: str) -> str:
        """The canonical IRI of a local key."""
        return self.resolve(iris.entity(self.record.source.id, key))

    def concept(self, scheme: str, key: str | None) -> str | None:
        return None if key is None else self.words.concepts[scheme][key].iri

    def run(self) -> list[Quad]:
        source_id = self.record.source.id
        self.out.open(iris.about(source_id))
        describe_source(self.record.source, self.out, self.words, self.resolve)
        for number, passage in enumerate(self.record.passages, 1):
            self.out.open(iris.about(source_id))
            describe_passage(self.record.source, passage, number, self.out, self.words, self.resolve)
            self.out.open(iris.passage(source_id, passage.id))
            for fact in passage.facts:
                self.fact(fact)
        return self.out.quads

    def fact(self, fact: object) -> None:
        match fact:
            case PersonFact():
                self.person(fact)
            case BodyFact():
                self.body(fact)
            case TenureFact():
                self.tenure(fact)
            case CaseFact():
                self.case(fact)
            case EventFact():
                self.events.convert(fact)
            case FigureFact():
                self.figure(fact)
            case QualificationFact():
                self.qualification(fact)
            case RelationFact():
                self.relation(fact)

    def person(self, fact: PersonFact) -> None:
        out, person = self.out, self.iri(fact.person)
        out.type(person, "Person")
        out.text(person, "name", fact.name)
        out.texts(person, "otherName", fact.other_names)
        out.date(person, "bornOn", fact.born)
        out.integer(person, "age", fact.age)
        out.text(person, "sex", fact.sex)
        out.text(person, "group", fact.group)
        out.text(person, "occupation", fact.occupation)
        out.link(person, "homePlace", iris.place(fact.home) if fact.home else None)
        out.texts(person, "describedAs", fact.described_as)
        out.text(person, "wikidataId", fact.wikidata)
        out.texts(person, "identifier", [f"{scheme}:{value}" for scheme, value in fact.identifiers.items()])
        self.common(person, fact)

    def body(self, fact: BodyFact) -> None:
        out, body = self.out, self.iri(fact.body)
        kind = self.words.concepts["body-kind"][fact.kind] if fact.kind else None
        out.type(body, (kind.instance_class if kind else None) or "Organization")
        out.link(body, "bodyKind", kind.iri if kind else None)
        out.text(body, "name", fact.name)
        out.texts(body, "otherName", fact.other_names)
        out.link(body, "locatedIn", iris.place(fact.place) if fact.place else None)
        out.text(body, "level", fact.level)
        out.link(body, "partOfBody", self.iri(fact.part_of) if fact.part_of else None)
        out.date(body, "foundedOn", fact.founded)
        out.date(body, "dissolvedOn", fact.dissolved)
        out.texts(body, "describedAs", fact.described_as)
        out.text(body, "wikidataId", fact.wikidata)
        out.texts(body, "identifier", [f"{scheme}:{value}" for scheme, value in fact.identifiers.items()])
        self.common(body, fact)

    def tenure(self, fact: TenureFact) -> None:
        out, person = self.out, self.iri(fact.tenure)
        body = self.iri(fact.body) if fact.body else None
        tenure = iris.part(person, "tenure", fact.role, *([body] if body else []))
        role = (
            self.concept("role", fact.role) if fact.role in self.words.concepts["role"] else self.concept("membership", fact.role)
        )
        out.type(tenure, "Tenure")
        out.link(person, "hasTenure", tenure)
        out.link(tenure, "tenureRole", role)
        if body:
            post = iris.part(body, "post", fact.role)
            out.type(post, "Post")
            out.link(tenure, "inPost", post)
            out.link(post, "postIn", body)
            out.link(post, "postRole", role)
        out.text(tenure, "title", fact.title)
        out.date(tenure, "startDate", fact.since)
        out.date(tenure, "endDate", fact.until)
        # A source that says when the post ended does not show that it was held on the day of publication.
        out.date(tenure, "citedOn", fact.as_of or (None if fact.until else self.record.source.published))
        out.link(tenure, "place", iris.place(fact.place) if fact.place else None)
        self.common(tenure, fact)

    def case(self, fact: CaseFact) -> None:
        out, case = self.out, self.iri(fact.case)
        out.type(case, "Case")
        out.text(case, "name", fact.name)
        out.texts(case, "otherName", fact.other_names)
        for person in fact.defendants:
            out.link(case, "caseDefendant", self.iri(person))
        for provision in fact.provisions:
            out.link(case, "underProvision", iris.provision(provision))
        self.events.declare_provisions(fact.provisions)
        out.link(case, "partOfCase", self.iri(fact.part_of) if fact.part_of else None)
        self.common(case, fact)

    def figure(self, fact: FigureFact) -> None:
        out, figure = self.out, self.iri(fact.figure)
        out.type(figure, "Figure")
        out.number(figure, "value", fact.value)
        out.text(figure, "counts", fact.counts)
        out.date(figure, "asOf", fact.as_of)
        out.link(figure, "statedBy", self.iri(fact.by) if fact.by else None)
        self.common(figure, fact)

    def qualification(self, fact: QualificationFact) -> None:
        out, qualification = self.out, self.iri(fact.qualification)
        out.type(qualification, "Qualification")
        out.link(qualification, "qualifies", self.iri(fact.of))
        out.link(qualification, "breaches", iris.provision(fact.provision) if fact.provision else None)
        self.events.declare_provisions([fact.provision] if fact.provision else [])
        out.link(qualification, "statedBy", self.iri(fact.by) if fact.by else None)
        out.text(qualification, "text", fact.text)
        self.common(qualification, fact)

    def relation(self, fact: RelationFact) -> None:
        out, subject, target = self.out, self.iri(fact.subject), self.iri(fact.object)
        out.link(subject, _RELATIONS[fact.relation], target)
        if fact.text:
            relationship = iris.part(subject, "relationship", target)
            out.type(relationship, "Relationship")
            out.link(relationship, "relationOf", subject)
            out.link(relationship, "relationTo", target)
            out.text(relationship, "relationText", fact.text)
        # On the person, where every output looks for it: a passage that alleges who represents whom vouches for neither.
        self.common(subject, fact)

    def common(self, subject: str, fact: Fact) -> None:
        """What every fact may carry."""
        self.out.text(subject, "note", fact.note)
        self.out.link(subject, PN + "modality", self.concept("modality", fact.modality))
        self.out.link(subject, "visibility", self.concept("visibility", getattr(fact, "visibility", None)))
