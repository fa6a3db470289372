"""One draft under review: decisions in, a record out. What the terminal and the explorer show is drawn from here."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.errors import KgError, Problem, RecordError, ReviewConflictError
from kg.extract.draft import text_digest, write_whole
from kg.extract.review.finishing import check_untouched, finished_record, finished_text, source_values
from kg.extract.review.journal import Entry, Journal, Writer, journal_path
from kg.extract.review.proposal import Proposal, digest_of, read_proposal
from kg.extract.review.selection import Candidate, candidates, unread_names
from kg.extract.review.standing import ReviewedFact, Standing, State, paragraph_digest, standing
from kg.records import Registries
from kg.records.document import Document
from kg.records.model import FACT_MODELS, Source
from kg.records.validation import validate


class Review:
    """The review of the draft at `path` by `reviewer`; several may be open on one draft at a time.

    Every decision is on disk when its method returns. A decision about a fact that somebody else decided since it was last shown
    here raises ReviewConflictError and changes nothing; made again, knowing that, it stands.
    """

    def __init__(self, proposal: Proposal, reviewer: str, registries: Registries | None = None) -> None:
        self.proposal, self.registries = proposal, registries
        self.reviewer = " ".join(reviewer.split())
        if not self.reviewer:
            raise KgError("a review needs the name of the reviewer: --reviewer NAME")
        self.path = proposal.path
        self.journal = Journal(journal_path(self.path))
        self._shown: dict[str, int] = {}
        self.standing: Standing = Standing()
        self.refresh()
        self._shown = {fact.id: fact.version for fact in self.standing.facts.values()}

    @classmethod
    def open(cls, path: Path, reviewer: str, registries: Registries | None = None) -> Review:
        """The review of the draft record at `path`; raises KgError when its text or proposal is not beside it."""
        proposal = read_proposal(path)
        if proposal.digest != proposal.proposed_for:
            raise KgError(f"{path}: its text has changed since facts were proposed: kg review drafts {path} reads it anew")
        return cls(proposal, reviewer, registries)

    def refresh(self) -> Standing:
        """Read what other reviewers decided meanwhile."""
        self.standing = standing(self.proposal, self.journal.read())
        return self.standing

    # --- looking ---
    @property
    def facts(self) -> list[ReviewedFact]:
        """Every fact in the order of the text; those that open a passage (people, bodies) first in each."""
        order = {name: at for at, name in enumerate(self.standing.facts)}
        first = {passage: start for passage, (start, _) in self.standing.places.items()}
        return sorted(self.standing.facts.values(), key=lambda fact: (first.get(fact.passage, 0), order[fact.id]))

    def fact(self, name: str) -> ReviewedFact:
        """The fact with this id; raises KgError when there is none."""
        if name not in self.standing.facts:
            raise KgError(f"no fact '{name}' is under review here")
        return self.standing.facts[name]

    def next(self, after: str | None = None) -> ReviewedFact | None:
        """The first undecided fact after the fact `after` (None: from the start), going round; None when all are decided."""
        self.refresh()
        facts = self.facts
        start = next((at + 1 for at, fact in enumerate(facts) if fact.id == after), 0)
        found = next((fact for fact in [*facts[start:], *facts[:start]] if fact.state is State.open), None)
        if found:
            self._shown[found.id] = found.version
        return found

    def paragraph(self, passage: str) -> tuple[int, int]:
        """Offsets of a passage in the text."""
        return self.standing.places[passage]

    def words(self, fact: ReviewedFact) -> str:
        """The words that a fact was read from."""
        return self.proposal.text[fact.start : fact.end]

    @property
    def decided(self) -> int:
        """How many facts are decided."""
        return sum(fact.state is not State.open for fact in self.standing.facts.values())

    # --- deciding ---
    def accept(self, name: str, version: int | None = None) -> ReviewedFact:
        """Keep a fact as proposed. `version`: of the fact as the reviewer saw it, where another object showed it."""
        return self._decide("accept", name, version, value=self.fact(name).proposed or self.fact(name).value)

    def reject(self, name: str, reason: str | None = None, version: int | None = None) -> ReviewedFact:
        """Leave a fact out of the record."""
        return self._decide("reject", name, version, reason=reason)

    def edit(self, name: str, value: dict[str, Any], version: int | None = None) -> ReviewedFact:
        """Keep a fact with another value, given as a record says it; raises RecordError when it is no fact."""
        return self._decide("edit", name, version, value=self._checked(value))

    def undo(self, name: str) -> ReviewedFact | None:
        """Take the decision about a fact back; None when that removes an added one."""
        self.fact(name)
        with self.journal.locked() as writer:
            self._append(writer, "undo", fact=name)
        return self.standing.facts.get(name)

    def candidates(self, start: int, end: int, kind: str | None = None) -> list[Candidate]:
        """What a selected part of the text may state, the likeliest first: facts ready for `add`."""
        return candidates(self.proposal, self.facts, start, end, kind)

    def unread_names(self, passage: str) -> list[tuple[int, int]]:
        """Offsets of what looks like names in a passage and belongs to no person or body yet."""
        return unread_names(self.proposal, self.facts, *self.paragraph(passage))

    def add(
        self, start: int, end: int, value: dict[str, Any] | Sequence[dict[str, Any]] | None = None, kind: str | None = None
    ) -> list[ReviewedFact]:
        """Add a fact that nobody proposed, read from `text[start:end]`; without `value` the likeliest candidate.

        Returns what was added: an event may bring the people it names. Raises KgError when nothing can be made of the words.
        """
        if value is None:
            found = self.candidates(start, end, kind)
            if not found:
                raise KgError(f"nothing can be made of '{self.proposal.text[start:end][:60]}': say what it is, such as person")
            value = found[0].facts
        values = [self._checked(one) for one in ([value] if isinstance(value, dict) else value)]
        passage, first, last = self.proposal.passage_at(start, end)
        paragraph = paragraph_digest(self.proposal.text[first:last])
        names = []
        with self.journal.locked() as writer:
            for one in values:
                name = digest_of("added", paragraph, start, end, one, self.reviewer, len(self.journal.entries))
                where = {"passage": passage, "paragraph": paragraph, "words": [start - first, end - first]}
                self._append(writer, "add", fact=name, value=one, **where)
                names.append(name)
        return [self.standing.facts[name] for name in names]

    def summarise(self, passage: str, text: str) -> None:
        """Give a passage its summary, in the reviewer's own words."""
        start, end = self.paragraph(passage)
        with self.journal.locked() as writer:
            self._append(writer, "summary", paragraph=paragraph_digest(self.proposal.text[start:end]), value=" ".join(text.split()))

    def set_source(self, **values: Any) -> None:
        """Correct what is said of the source, such as publisher, title or url; raises RecordError when it does not fit."""
        named = {name.replace("_", "-"): value for name, value in values.items()}
        document = Document(str(self.path))
        whole = source_values(self.proposal.source) | self.standing.source | named
        validate(Source, whole, document, ("source",))
        if document.problems:
            raise RecordError(document.problems)
        with self.journal.locked() as writer:
            self._append(writer, "source", value=named)

    # --- finishing ---
    def problems(self) -> list[Problem]:
        """What the record would be refused for as decided so far, at line and column of the text."""
        return finished_record(self.proposal, self.standing, self.facts, self.registries)[1]

    def finish(self, *, leave_out_open: bool = False, replace_edited: bool = False) -> Path:
        """Write the record, without its draft mark, and say where it stands.

        Raises KgError when facts are undecided (unless `leave_out_open`: they are rejected by this), or when somebody edited the
        file by hand (unless `replace_edited`), RecordError when the record does not pass its checks. Nothing is written then.
        """
        with self.journal.locked() as writer:
            self.refresh()
            undecided = [fact for fact in self.facts if fact.state is State.open]
            if undecided and not leave_out_open:
                raise KgError(f"{len(undecided)} facts are undecided: decide them, or leave them out")
            kept = [dataclasses.replace(fact, state=State.rejected) if fact.state is State.open else fact for fact in self.facts]
            record, problems = finished_record(self.proposal, self.standing, kept, self.registries)
            if problems or record is None:
                raise RecordError(problems)
            check_untouched(self.path, self.journal.entries, replace_edited)
            text = finished_text(record, self.path, self.journal.entries, self.reviewer)
            for fact in undecided:
                writer.append(self.reviewer, "reject", fact=fact.id, text=self.proposal.digest, reason="left out at the end")
            # Before the file, so that a crash between the two leaves no file that seems to be edited by hand.
            self._append(writer, "write", record=text_digest(text))
            write_whole(self.path, text)
            self._append(writer, "finish", record=text_digest(text))
        return self.path

    # --- writing ---
    def _decide(self, do: str, name: str, version: int | None, **fields: Any) -> ReviewedFact:
        self.fact(name)
        seen = self._shown.get(name, 0) if version is None else version
        with self.journal.locked() as writer:
            now = self.refresh().facts.get(name)
            if now is None:
                raise ReviewConflictError(f"{_last(self.journal.entries, name)}: the fact is no longer here")
            self._shown[name] = now.version
            if now.version > seen and now.by != self.reviewer:
                raise ReviewConflictError(f"{now.by} {now.state} this at {now.at}, meanwhile; decide again if you differ")
            self._append(writer, do, fact=name, **fields)
        return self.fact(name)

    def _append(self, writer: Writer, do: str, **fields: Any) -> Entry:
        entry = writer.append(self.reviewer, do, text=self.proposal.digest, **fields)
        self.refresh()
        if "fact" in fields:
            self._shown[fields["fact"]] = entry.number
        return entry

    def _checked(self, value: dict[str, Any]) -> dict[str, Any]:
        document = Document("fact")
        kind = next((kind for kind in FACT_MODELS if kind in value), None)
        if kind is None:
            document.report((), "cannot tell what kind of fact this is", f"begin with one of: {', '.join(FACT_MODELS)}")
        else:
            validate(FACT_MODELS[kind], value, document, ())
        if document.problems:
            raise RecordError(document.problems)
        return value


def _last(entries: list[Entry], name: str) -> str:
    entry = next((entry for entry in reversed(entries) if entry.get("fact") == name), None)
    return f"{entry.by} took it back at {entry.at}" if entry else "taken back"
