"""The facts that a row of the table states, as lines of a mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.extract.lexicon import languages, load_lexicon
from kg.extract.participants import AFFECTED
from kg.extract.provisions import find_provisions
from kg.extract.tokens import read_text
from kg.ingest.guess.columns import TableColumns
from kg.ingest.guess.purposes import Purpose
from kg.ingest.guess.words import event_kinds, language_of, plain_text, word_lists

MOST_WORDS = 300
"""Most values of a column that a mapping lists one by one."""
_IN_EVENT = ("judge", "prosecutor", "investigator")
_OFFICIALS = (*_IN_EVENT, "lawyer")


@dataclass
class Line:
    """One field of a fact in a mapping; `opens`: it is the one that a fact begins with."""

    name: str
    value: Any
    doubts: Sequence[str] = ()
    opens: bool = False


def table_facts(table: TableColumns, columns: list[Purpose], key: Purpose | None, prefix: str, joined: list[str]) -> Iterator[Line]:
    """The lines of every fact, people and bodies first; `prefix` keeps keys of several tables apart, `joined` says why not."""
    yield from _Facts(table, columns, key, prefix, joined).lines()


class _Facts:
    def __init__(self, table: TableColumns, columns: list[Purpose], key: Purpose | None, prefix: str, joined: list[str]) -> None:
        self.table, self.columns, self.key, self.prefix = table, columns, key, prefix
        self.language = language_of(table.header_words()) or "en"
        self.row = f"{{{key.header}}}" if key else "{#}"
        self.joined = joined
        self.keyless = (
            [] if key else ["no column tells rows apart, so the number of the row does: a row that moves is another person"]
        )
        self.named = self.one("name")
        self.parts = [one for use in ("given", "patronymic", "surname") if (one := self.one(use))]
        self.person = f"p-{prefix}{self.row}" if self.named or self.parts else None

    def one(self, use: str, event: str | None = None) -> Purpose | None:
        """The column with this use."""
        return next((one for one in self.columns if one.use == use and (event is None or one.event == event)), None)

    def needs(self) -> Iterator[Line]:
        """Rows without a name state nothing about anybody."""
        columns = [self.named] if self.named else self.parts
        silent = [one for one in columns if one.column.said < one.column.rows]
        if silent:
            count = max(one.column.rows - one.column.said for one in silent)
            told = f"{count:,} rows name nobody and give no facts"
            yield Line("needs", [f"{{{one.header}}}" for one in silent], [told])

    def lines(self) -> Iterator[Line]:
        bodies = list(self.bodies())
        if self.person:
            yield from self.person_lines(self.person)
        yield from bodies
        for use in _OFFICIALS:
            if column := self.one(use):
                yield from self.official(use, column)
        if self.person:
            yield from self.post(self.person)
            yield from self.events(self.person)
        elif not bodies:
            yield from self.anything()

    def person_lines(self, person: str) -> Iterator[Line]:
        yield Line("person", person, [*self.keyless, *self.joined], opens=True)
        yield from self.needs()
        whole = " ".join(f"{{{one.header}}}" for one in ([self.named] if self.named else self.parts))
        yield Line("name", whole, self.named.doubts if self.named else ["put together from the parts of the name"])
        for one in self.columns:
            if made := self.of_person(one):
                yield made
        others = [f"{{{one.header}}}" for one in self.columns if one.use == "other-names"]
        if others:
            split = any("/" in value for one in self.columns if one.use == "other-names" for value in one.column.values)
            value: Any = {"from": others[0], "split": " / "} if split and len(others) == 1 else others
            yield Line("other-names", value if len(others) > 1 or split else others[0])

    def of_person(self, one: Purpose) -> Line | None:
        cell = f"{{{one.header}}}"
        if one.use == "born":
            if one.column.share("year") > one.column.share("date") and any("." in value for value in one.column.values):
                return Line("born", {"from": cell, "pattern": r"^(\d{4})", "otherwise": "leave-out"}, one.doubts)
            return Line("born", cell, one.doubts)
        if one.use == "age":
            return Line("age", {"from": cell, "pattern": r"^\D{0,10}(\d{1,3})(?!\d)", "otherwise": "leave-out"}, one.doubts)
        if one.use == "sex":
            known = {value: sex for value in one.column.values if (sex := _looked_up("sexes", value))}
            left = sum(count for value, count in one.column.values.items() if value not in known)
            doubts = [f"{left:,} cells with another word are left out"] if left else []
            return Line("sex", {"from": cell, "words": known, "otherwise": "leave-out"}, doubts) if known else None
        if one.use == "wikidata":
            return Line("wikidata", {"from": cell, "pattern": r"^(Q\d+)$", "otherwise": "leave-out"}, one.doubts)
        if one.use == "status":
            return Line("described-as", cell, one.doubts)
        return Line(one.use, cell, one.doubts) if one.use in ("occupation", "group", "note") else None

    def bodies(self) -> Iterator[Line]:
        named = self.one("denomination") or (None if self.person else self.one("court") or self.one("prison"))
        if named and not self.person:
            kind = (
                "court"
                if {"court"} & self.table.file_notions
                else "prison"
                if "prison" in self.table.file_notions
                else "organization"
            )
            yield Line("body", f"b-{self.prefix}{self.row}", self.keyless, opens=True)
            yield Line("name", f"{{{named.header}}}")
            yield Line("kind", kind, ["by the name of the file" if kind != "organization" else "what kind of body it is"])
            return
        for use, kind in (("court", "court"), ("prison", "prison")):
            if one := self.one(use):
                yield Line("body", f"b-{{{one.header}}}", one.doubts, opens=True)
                yield Line("name", f"{{{one.header}}}")
                yield Line("kind", kind, [f"which kind of {kind}"] if use == "court" else [])

    def official_key(self, one: Purpose) -> str:
        """Every row has an official of its own: same name is not same person. The name makes the key empty where the cell is."""
        return f"o-{self.prefix}{self.row}-{{{one.header}}}"

    def official(self, use: str, one: Purpose) -> Iterator[Line]:
        key, cell = self.official_key(one), f"{{{one.header}}}"
        yield Line("person", key, one.doubts, opens=True)
        yield Line("name", cell)
        if use == "lawyer":
            if self.person:
                yield Line(
                    "relation", "represents", ["the table does not say for whom: taken to be the person of the row"], opens=True
                )
                yield from (Line("when", cell), *self.needs(), Line("subject", key), Line("object", self.person))
            return
        yield Line("tenure", key, opens=True)
        yield Line("role", use)
        court = self.one("court")
        if court and use == "judge":
            yield Line("body", f"b-{{{court.header}}}")

    def post(self, person: str) -> Iterator[Line]:
        """The post that the person of a row holds."""
        one = self.one("role")
        known = {value: role for value in one.column.values if (role := _looked_up("roles", value))} if one else {}
        if one is None:
            return
        yield Line("tenure", person, opens=True)
        yield Line("when", f"{{{one.header}}}")
        yield from self.needs()
        others = "posts that are not in the list become 'official'" if len(known) < one.column.different else "check the list"
        yield Line("role", {"from": f"{{{one.header}}}", "words": known or {"judge": "judge"}, "otherwise": "official"}, [others])
        yield Line("title", f"{{{one.header}}}")
        if court := self.one("court"):
            yield Line("body", f"b-{{{court.header}}}")

    def events(self, person: str) -> Iterator[Line]:
        kinds = [kind for kind in [*event_kinds(), "other"] if any(one.event == kind for one in self.columns)]
        if self.one("prison"):
            yield from self.held(person)
        joint = self.joint_kind(kinds)
        for kind in [*kinds, *([joint] if joint and joint not in kinds else [])]:
            yield from self.event(kind, person, joint == kind)
        if self.one("case"):
            yield from self.case(person)

    def held(self, person: str) -> Iterator[Line]:
        one = self.one("prison")
        assert one is not None
        yield Line("event", f"imprisonment-{self.prefix}{self.row}", opens=True)
        yield Line("when", f"{{{one.header}}}")
        yield from self.needs()
        yield Line("kind", "imprisonment")
        yield Line("people", {"prisoner": person})
        yield Line("to", f"b-{{{one.header}}}")

    def joint_kind(self, kinds: list[str]) -> str | None:
        """The event that the court, the officials and the articles of a row belong to."""
        if self.one("role"):
            return None  # a table of officials: the court is where they serve
        if not any(self.one(use) for use in ("court", "judge", "prosecutor", "investigator", "article", "years")):
            return None
        return (
            "sentence"
            if "sentence" in kinds or self.one("years")
            else next((kind for kind in ("appeal-ruling", "charge-brought", "search", "detention") if kind in kinds), "hearing")
        )

    def event(self, kind: str, person: str, joint: bool) -> Iterator[Line]:
        date, text = self.one("date", kind), self.one("text", kind)
        own = [one for one in (date, text, self.one("years") if joint else None) if one]
        guessed = joint and not own
        if guessed:
            own = [one for use in ("court", *_IN_EVENT, "article") if (one := self.one(use))]
        doubts = ["to which event court, officials and articles belong is a guess"] if guessed else []
        yield Line("event", f"{kind}-{self.prefix}{self.row}", doubts, opens=True)
        yield Line("when", [f"{{{one.header}}}" for one in own])
        yield from self.needs()
        yield Line("kind", kind)
        if date:
            yield Line("date", f"{{{date.header}}}", date.doubts)
        if text:
            yield Line("text", f"{{{text.header}}}", text.doubts)
        people = {AFFECTED.get(kind, "victim"): person} if kind != "other" else {}
        if kind == "other":
            yield Line("about", person)
        if joint:
            people |= {use: self.official_key(one) for use in _IN_EVENT if (one := self.one(use))}
        if people:
            yield Line("people", people)
        if joint:
            yield from self.of_court(kind, person)

    def of_court(self, kind: str, person: str) -> Iterator[Line]:
        court, case = self.one("court"), self.one("case")
        if court:
            yield Line("body", f"b-{{{court.header}}}")
        if case:
            yield Line("case", f"c-{{{case.header}}}")
        years, article = self.one("years"), self.one("article")
        if years and kind == "sentence":
            length = {"from": f"{{{years.header}}}", "pattern": r"(\d+(?:\.\d+)?)", "otherwise": "leave-out"}
            yield Line("penalties", [{"when": f"{{{years.header}}}", "person": person, "years": length}], years.doubts)
        if article and (words := self.provisions(article)):
            yield Line("provisions", {"from": f"{{{article.header}}}", "words": words, "otherwise": "leave-out"}, article.doubts)

    def provisions(self, one: Purpose) -> dict[str, list[str]]:
        """Each value of the column with the provisions that the grammar reads in it."""
        lexicon = load_lexicon(self.language if self.language in languages() else "en")
        found = {}
        for value, _ in one.column.values.most_common(MOST_WORDS):
            word = "ст." if self.language in ("ru", "uk") else "Article"
            text = value if re.search(r"[^\W\d]{2}", value) else f"{word} {value}"
            # A header such as "Article of the Criminal Code of the Russian Federation" names the code for all its cells.
            read = find_provisions(read_text(f"{text} {one.header}", lexicon)) or find_provisions(read_text(text, lexicon))
            if read:
                found[value] = list(dict.fromkeys(str(mention.provision) for mention in read))
        return found

    def case(self, person: str) -> Iterator[Line]:
        one = self.one("case")
        if one is None:
            return
        yield Line("case", f"c-{{{one.header}}}", ["rows with the same cell become one case"], opens=True)
        yield from self.needs()
        yield Line("name", f"{{{one.header}}}")
        yield Line("defendants", person)

    def anything(self) -> Iterator[Line]:
        """A table of which nothing is understood still gives a mapping that runs: each row as something that is said."""
        usable = [one for one in self.columns if one.column.said and not set("{}") & set(one.header)]
        first = next((f"{{{one.header}}}" for one in usable if one.use != "id"), "{#}")
        doubts = ["whom or what a row is about was not understood: say what its columns stand for"]
        yield Line("event", f"row-{self.prefix}{self.row}", doubts, opens=True)
        yield Line("when", first)
        yield Line("kind", "other")
        yield Line("text", first)


def _looked_up(part: str, value: str) -> str | None:
    plain = plain_text(value).strip()
    return next((word for word, forms in word_lists()[part].items() if plain in forms or value.casefold() in forms), None)
