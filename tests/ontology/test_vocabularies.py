"""The words of records: every one of the guide exists, means what it should, and everything the build states is declared."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from pyoxigraph import NamedNode, Quad

from kg.graph.conversion.record import convert
from kg.graph.conversion.registry import convert_registries
from kg.records import read_corpus, read_record, read_registries
from kg.vocabulary import load_vocabulary
from tests.conftest import ROOT, DataFolder
from tests.ontology.ontology_files import PN, VOC, declared_terms

GUIDE = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
OURS = (PN, VOC)

SECTIONS = {
    "body-kind": ("Kinds: courts", "**tenure**"),
    "role": ("Roles in state bodies:", "Elsewhere:"),
    "membership": ("Elsewhere: `head`", "**case**"),
    "penalty-kind": ("is `imprisonment` (default", "for ranges"),
    "regime": ("`regime`: `general`", "`measure`"),
    "measure": ("`measure`: `remand`", "`outcome`"),
    "outcome": ("`outcome`: `convicted`", "`by` ="),
    "modality": ("(`reported` by default", "`note`"),
    "reliability": ("| `reliable`", "default"),
    "visibility": ("| `public`", "may also"),
    "identifier-scheme": ("Registers: `eu-list`", "What shares one"),
}
"""Where the guide lists the words of a scheme: from, to."""

EVERYTHING = """
source:
  {id: all, publisher: example-news, url: "https://news.example/all", title: All, language: en, published: 2021, updated: 2021-02,
   author: A, reprint-of: other-news, reliability: doubtful, visibility: public, accessed: 2022-01-01, archived: "https://a.example/1",
   access: [{read: 2022-01-01T10:00:00Z, hash: HASH, archived: "https://a.example/1", reviewed: 2022-01-02, reviewed-by: R}],
   note: n}
passages:
- id: p1
  locator: page 1
  summary: Everything that a record can say.
  quote: everything
  visibility: public
  facts:
  - {person: a, name: A, other-names: [B], born: 1980, age: 41, sex: male, group: g, occupation: o, home: alushta, wikidata: Q42,
     identifiers: {eu-list: EU.1.2},
     described-as: [prisoner], visibility: public, note: n, modality: alleged}
  - {person: b, name: B}
  - {body: big, name: Big, kind: state-body}
  - {body: jail, name: Jail, kind: prison, other-names: [J], place: alushta, level: l, part-of: big, described-as: [d],
     wikidata: Q43}
  - {tenure: b, role: prison-head, body: jail, title: t, since: 2019, until: 2020-01, as-of: 2019-05-01, place: alushta,
     modality: found}
  - {case: series, name: Series}
  - {case: trial, name: Trial, defendants: [a], provisions: ["ru-cc:205.5/2"], part-of: series, other-names: [T]}
  - {event: first, kind: sentence, date: 2020}
  - {figure: f, value: 98, counts: prisoners, as-of: 2020, by: b}
  - {qualification: q, of: first, provision: "ru-cc:205", by: b, text: t}
  - {relation: relative, subject: a, object: b, text: brother}
  - {relation: represents, subject: b, object: a}
  - {relation: colleague, subject: b, object: a}
  - {relation: associate, subject: b, object: a}
"""


def undeclared(quads: Iterable[Quad]) -> set[str]:
    declared = declared_terms()
    used = {term.value for quad in quads for term in (quad.subject, quad.predicate, quad.object) if isinstance(term, NamedNode)}
    return {term for term in used if term.startswith(OURS) and term not in declared}


@pytest.mark.parametrize(("scheme", "bounds"), SECTIONS.items(), ids=SECTIONS)
def test_every_word_of_the_guide_exists(scheme: str, bounds: tuple[str, str]) -> None:
    """An editor who follows the guide is never told that a word is unknown, and finds every word there is."""
    start = GUIDE.index(bounds[0])
    told = set(re.findall(r"`([a-z-]+)`", GUIDE[start : GUIDE.index(bounds[1], start + len(bounds[0]))])) - {scheme}
    assert told == set(load_vocabulary().concepts[scheme])


def test_every_kind_and_role_of_the_guide_exists() -> None:
    """The table of events and the list of roles are the ontology's."""
    words = load_vocabulary()
    events = GUIDE[GUIDE.index("| kind | what happened") : GUIDE.index("`people` maps a role")]
    roles = GUIDE[GUIDE.index("`people` maps a role") : GUIDE.index("Further event fields")]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", events, re.MULTILINE)) == set(words.event_kinds)
    assert set(re.findall(r"`([a-z-]+)`", roles)) - {"people"} == set(words.roles)


@pytest.mark.parametrize(
    ("kind", "outcome", "effect"),
    [
        ("sentence", "acquitted", "favourable"),
        ("custody-ruling", "extended", "adverse"),
        ("custody-ruling", "refused", "neutral"),
        ("release-ruling", "granted", "favourable"),
        ("release-ruling", "refused", "adverse"),
        ("appeal-ruling", "granted", "neutral"),
        ("appeal-ruling", "overturned", "neutral"),
        ("appeal-ruling", "upheld", None),
        ("hearing", "postponed", "neutral"),
        ("hearing", "returned-to-prosecutor", "neutral"),
        ("appeal-ruling", "retrial-ordered", "neutral"),
        ("sanction-designation", "extended", "neutral"),
        ("accountability-judgment", "acquitted", "neutral"),
        ("accountability-judgment", "convicted", None),
    ],
)
def test_outcomes_accuse_nobody_when_in_doubt(kind: str, outcome: str, effect: str | None) -> None:
    """Whether an event went against somebody follows from its outcome only where that is clear."""
    assert load_vocabulary().effect_of(kind, outcome) == effect


def test_officials_affected_people_and_others_are_kept_apart() -> None:
    """No role makes somebody both an acting official and affected; lawyers, experts and accountability officers are neither."""
    roles = load_vocabulary().roles
    assert {key for key, role in roles.items() if role.official and role.affected} == set()
    for key in (
        "lawyer",
        "expert",
        "witness",
        "secret-witness",
        "accused",
        "accountability-officer",
        "appointee",
        "relative",
        "speaker",
    ):
        assert not roles[key].official
        assert not roles[key].affected
    assert {key for key, role in roles.items() if role.bodies_too} == {"speaker", "applicant", "designee"}


def test_kinds_of_bodies_lead_to_their_classes() -> None:
    """A military court is a court of a state; the court in Strasbourg is a court but no state body; a clinic is neither."""
    kinds = {key: str(concept.instance_class).removeprefix(PN) for key, concept in load_vocabulary().concepts["body-kind"].items()}
    assert kinds["military-court"] == "StateCourt"
    assert kinds["international-court"] == "InternationalCourt"
    assert kinds["remand-prison"] == "PenalFacility"
    assert kinds["hospital"] == "Organization"


def test_everything_that_a_record_can_say_is_declared(folder: DataFolder) -> None:
    """A record with every field, every kind of event, every role and every word states nothing the ontology does not know."""
    words = load_vocabulary()
    lines = [EVERYTHING.replace("HASH", "a" * 64)]
    for kind in words.event_kinds:
        lines.append(f"  - {{event: kind-{kind}, kind: {kind}, date: 2020-05, modality: denied}}")
    for role in words.roles:
        kind = "accountability-charge" if role in ("accused", "accountability-officer", "designee") else "hearing"
        lines.append(f"  - {{event: role-{role}, kind: {kind}, date: 2020, people: {{{role}: [a]}}}}")
    for outcome in words.concepts["outcome"]:
        lines.append(f"  - {{event: outcome-{outcome}, kind: hearing, date: 2020, outcome: {outcome}}}")
    for body in words.concepts["body-kind"]:
        lines.append(f"  - {{body: kind-{body}, name: N, kind: {body}}}")
    lines.append(
        """  - event: full
    kind: sentence
    date: 2020-01-01/2020-01-03
    until: 2021
    place: alushta
    body: jail
    case: trial
    title: t
    text: t
    people: {defendant: [a]}
    provisions: ["ru-cc:205.5/2"]
    penalties:
    - {person: a, years: 3, months: 2, days: 1, regime: strict, prison-years-first: 1, suspended: true, found-as: f,
       provisions: ["ru-cc:205.5"]}
    - {person: a, fine: 100, currency: RUB}
    outcome: convicted
  - {event: asked, kind: sentence-request, people: {defendant: [a]}, requested: [{years: 12-18, person: a}]}
  - {event: charged, kind: charge-brought, charges: [{person: a, provisions: ["ru-cc:205"], charged-as: c}]}
  - {event: appeal, kind: appeal, of: full, by: b}
  - {event: custody, kind: custody-ruling, measure: remand, people: {defendant: [a]}}
  - {event: moved, kind: transfer, from: jail, to: rostov-on-don, people: {prisoner: [a]}}
  - {event: ill, kind: health-finding, diagnoses: [d], people: {prisoner: [a]}}
  - {event: listed, kind: sanction-designation, programme: p, people: {designee: [b]}}
  - {event: named, kind: appointment, role: court-chair, outcome: appointed, people: {appointee: [b]}}
  - {event: said, kind: statement, about: [full], people: {speaker: [b]}, text: t}
"""
    )
    record = read_record(folder.record("all.yaml", "\n".join(lines)), None, read_registries(folder.path))
    quads = convert(record, lambda iri: iri, words)
    assert len(quads) > 500
    assert undeclared(quads) == set()


def test_everything_that_the_shipped_corpus_says_is_declared() -> None:
    """The records and registries of this repository state nothing the ontology does not know."""
    words = load_vocabulary()
    corpus = read_corpus(ROOT / "data")
    quads = convert_registries(corpus.registries, lambda iri: iri, set(), words)
    for file in corpus.files:
        quads += convert(file.record, lambda iri: iri, words)
    assert undeclared(quads) == set()


def test_queries_ask_for_declared_terms_only() -> None:
    """A misspelt term in a library query would find nothing and say nothing."""
    declared = declared_terms()
    for path in sorted((ROOT / "queries").rglob("*.rq")):
        used = set(re.findall(r"(?<![\w-])pn:([A-Za-z]\w*)", path.read_text(encoding="utf-8")))
        assert {name for name in used if PN + name not in declared} == set(), path.name
