"""Claims out of what passages state: one per event, post, property or link, each value with its passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from kg.graph import Graph
from kg.graph.facts import Term
from kg.present.dossier.annex import Annex
from kg.present.dossier.model import Claim, Line
from kg.present.dossier.reading import Names, Stated
from kg.present.plain_text import plain
from kg.present.words import Words
from kg.vocabulary import PN, RDF, XSD

TYPE = RDF + "type"
_UNTOLD = frozenset(
    (TYPE, "earliest", "latest", "visibility", "modality", "ordinal", "hasPenalty", "hasRequestedPenalty", "hasCharge")
)
"""Terms that do not become a line of their own: they are told by the claim's text, or by another line, or repeat a date."""

_DATES = frozenset((XSD + "date", XSD + "gYearMonth", XSD + "gYear", "http://id.loc.gov/datatypes/edtf/EDTF"))
_ORDER = (
    *("name", "otherName", "title", "date", "until", "bornOn", "age", "sex", "describedAs", "occupation", "group", "homePlace"),
    *("inPost", "tenureRole", "startDate", "endDate", "citedOn", "place", "body", "origin", "destination"),
    *(
        "presidingJudge",
        "judge",
        "prosecutor",
        "investigator",
        "arrestingOfficer",
        "orderingOfficial",
        "commandingOfficial",
        "officer",
    ),
    *("defendant", "detainee", "searchedPerson", "prisoner", "victim", "deceased", "accused", "designee", "appointee", "speaker"),
    *("lawyer", "relative", "inCase", "caseDefendant", "underProvision", "measure", "outcome", "text", "diagnosis", "programme"),
)
"""The order in which the lines of a claim come; other terms follow by their label."""

_LIST = 80
"""Characters up to which values are put into one line."""

Value = tuple[str, str, frozenset[str], bool]
"""A line before its passages are numbered: label, text, addresses of the passages, whether sources differ."""


class Claims:
    """Makes claims and numbers them. `disputed` has (thing, term) where passages disagree."""

    def __init__(self, graph: Graph, words: Words, disputed: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.graph, self.words, self.disputed = graph, words, disputed
        self.names = Names(graph, words.language)
        self.annex = Annex(graph, self.names)
        self.count = 0

    def number(self) -> int:
        """The next number."""
        self.count += 1
        return self.count

    def claim(
        self,
        text: str,
        address: str,
        values: Sequence[Value],
        passages: Iterable[str] = (),
        hedges: dict[str, set[str]] | None = None,
        rules: tuple[str, ...] = (),
        inferred: bool = False,
        asserted: bool | None = None,
    ) -> Claim:
        """A numbered claim with `values` as its lines.

        `passages` are those of the claim as a whole, by default of all its lines. `hedges` gives the passages that put it so by
        modality (an address of the vocabulary); what no passage states as plain fact (`asserted` says so where the passages alone
        do not) gets the word in front.
        """
        number, hedges = self.number(), hedges or {}
        lines = tuple(Line(label, text_, self.annex.cite(given), disputed) for label, text_, given, disputed in values)
        whole = set(passages) or {passage for value in values for passage in value[2]}
        cited = self.annex.cite(whole)
        if asserted is None:
            asserted = bool(whole - {passage for given in hedges.values() for passage in given})
        modality = tuple(self.names.of(how) for how in sorted(hedges))
        if modality and not asserted:
            text = self.words("claim.hedge", modality=", ".join(modality), text=text)
        return Claim(
            number=number,
            text=text,
            address=address,
            lines=lines,
            passages=cited,
            shown=self.annex.introduce([*cited, *(n for line in lines for n in line.passages)], number),
            publishers=self.annex.publishers(whole),
            modality=modality,
            asserted=asserted,
            inferred=inferred,
            rules=rules,
        )

    def of_thing(self, text: str, thing: str, facts: Sequence[Stated], extra: Sequence[Value] = ()) -> Claim:
        """One claim with everything that `facts` say about `thing`, and `extra` lines after them."""
        hedges = hedges_of(facts)
        values = [*self.lines(facts), *extra, *self.put_so(facts, hedges)]
        return self.claim(text, thing, values, {fact.passage for fact in facts}, hedges)

    def by_term(self, thing: str, facts: Sequence[Stated], skip: Iterable[str] = ()) -> list[Claim]:
        """A claim for each property of `thing`, with its values as lines."""
        left_out = _UNTOLD | set(skip)
        grouped: dict[str, list[Stated]] = defaultdict(list)
        for fact in facts:
            if fact.term not in left_out:
                grouped[fact.term].append(fact)
        made = []
        for term in sorted(grouped, key=self._rank):
            told = self.lines(grouped[term], labelled=False)
            made.append(self.claim(capitalized(self.names.term(term)), thing, told))
        return made

    def lines(self, facts: Sequence[Stated], labelled: bool = True) -> list[Value]:
        """`facts` as lines: the same value by several passages is one line, and so are short values by the same passages."""
        grouped: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for fact in facts:
            if fact.term not in _UNTOLD:
                grouped[fact.subject, fact.term, self.told(fact.value)].add(fact.passage)
        joined: dict[tuple[str, str, frozenset[str], str], list[str]] = defaultdict(list)
        for (subject, term, text), given in sorted(grouped.items(), key=lambda item: (self._rank(item[0][1]), item[0][2])):
            alone = text if not labelled or (subject, term) in self.disputed or len(text) > _LIST else ""
            joined[subject, term, frozenset(given), alone].append(text)
        return [
            (self.names.term(term) if labelled else "", "; ".join(texts), given, (subject, term) in self.disputed)
            for (subject, term, given, _), texts in joined.items()
        ]

    def put_so(self, facts: Sequence[Stated], hedges: dict[str, set[str]]) -> list[Value]:
        """How each passage puts it, when one of them does not state it as plain fact."""
        if not hedges:
            return []
        label = self.words("claim.stated-as")
        plainly = {fact.passage for fact in facts} - set().union(*hedges.values())
        told = [(label, self.names.of(how), frozenset(given), False) for how, given in sorted(hedges.items())]
        return [*told, (label, self.words("claim.reported"), frozenset(plainly), False)] if plainly else told

    def told(self, value: Term) -> str:
        """A value in words."""
        if isinstance(value, NamedNode):
            return self.names.of(value.value)
        text = plain(value.value)
        return self.words.date(text) if getattr(value, "datatype", None) and value.datatype.value in _DATES else text  # type: ignore[union-attr]

    def _rank(self, term: str) -> tuple[int, str]:
        return (_ORDER.index(term) if term in _ORDER else len(_ORDER), self.names.term(term))


def hedges_of(facts: Iterable[Stated]) -> dict[str, set[str]]:
    """The passages that call something alleged, charged, found or denied, by that word's address."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.term == "modality":
            found[fact.value.value].add(fact.passage)
    return dict(found)


def short_type(facts: Iterable[Stated]) -> set[str]:
    """The classes that passages give a thing, as local names."""
    return {fact.value.value.removeprefix(PN) for fact in facts if fact.term == TYPE}


def capitalized(text: str) -> str:
    """`text` with a capital first letter; the others stay as they are."""
    return text[:1].upper() + text[1:]
