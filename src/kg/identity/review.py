"""A review of candidate pairs: the next one, a decision, taking one back. The terminal and the explorer both show this.

A decision is on disk before `decide` returns. Two reviewers may work at once: each decision is made against everything that was
decided before it, by whomever.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kg.errors import ContradictionError, DecisionError, KgError, NotFoundError, Problem, ReviewConflictError
from kg.identity.candidates import KINDS, Candidate, Things, find_candidates, read_things
from kg.identity.candidates.finding import PROPOSED, decided_between
from kg.identity.canonical import resolve
from kg.identity.decisions import MANUAL, Decision, Verdict
from kg.identity.tables import Log, read_decisions, writing
from kg.records import Corpus, read_corpus
from kg.vocabulary import ID, compress, expand

TABLES = {"person": "people", "body": "bodies", "case": "cases", "event": "events"}
"""The decision table for each kind of thing."""
_PUBLISHERS = f"{ID}publisher/"


@dataclass
class IdentityReview:
    """A review of the corpus in the folder `data` by `reviewer`; open one with `IdentityReview.open`.

    `found` are the pairs proposed when it was opened, best first, `candidates` those of them that are still to be decided.
    """

    data: Path
    reviewer: str
    things: Things
    found: list[Candidate]
    standing: list[Decision]
    again: frozenset[Verdict] = frozenset()
    made: list[Decision] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    _skipped: set[str] = field(default_factory=set)
    today: Callable[[], date] = date.today

    @classmethod
    def open(
        cls,
        data: Path,
        reviewer: str,
        kinds: Collection[str] = KINDS,
        again: Collection[Verdict] = (),
        at_least: float = PROPOSED,
        corpus: Corpus | None = None,
    ) -> IdentityReview:
        """Read the records and decisions in `data` and find the pairs to review; see `find_candidates`.

        Raises DecisionError when a table cannot be read, KgError without a reviewer.
        """
        if not reviewer.strip():
            raise KgError("every decision carries the name of who made it")
        standing, problems = read_decisions(data)
        if [problem for problem in problems if "cut off" not in problem.message]:
            raise DecisionError(problems)
        canonical = resolve(standing)
        things = read_things(corpus or read_corpus(data), canonical)
        found = find_candidates(things, standing, canonical, kinds, again, at_least)
        return cls(data, reviewer.strip(), things, found, standing, frozenset(again), candidates=list(found))

    def next(self) -> Candidate | None:
        """The best pair that is neither decided nor skipped."""
        return next((candidate for candidate in self.candidates if candidate.id not in self._skipped), None)

    def get(self, id: str) -> Candidate:
        """The pair with that id; raises NotFoundError when it is not, or no longer, to be reviewed."""
        for candidate in self.candidates:
            if candidate.id == id:
                return candidate
        raise NotFoundError(f"'{id}' is no pair to review: somebody may have decided it meanwhile")

    def skip(self, id: str) -> None:
        """Pass a pair by until the next review; nothing is decided and nothing written."""
        self._skipped.add(id)

    def evidence_for(self, candidate: Candidate) -> tuple[str, ...]:
        """The passages that present the two things: what a decision rests on when nothing else is given."""
        return tuple(dict.fromkeys(next(iter(thing.passages)) for thing in (candidate.one, candidate.other) if thing.passages))

    def decide(
        self,
        id: str,
        verdict: Verdict,
        reason: str,
        evidence: Iterable[str] = (),
        *,
        despite_contradiction: bool = False,
    ) -> Decision:
        """Write what was decided of the pair `id`, with the reason and the addresses of evidence.

        Raises ReviewConflictError when somebody else decided about the two meanwhile, ContradictionError (with the chain of
        decisions) when it cannot stand beside earlier ones: nothing is written then. `despite_contradiction` writes it
        all the same; a build then merges none of the group and says so.
        """
        candidate = self.get(id)
        given = tuple(expand(address) for address in evidence) or self.evidence_for(candidate)
        subject, object_ = _direction(candidate)
        decision = self._decision(subject, verdict, object_, reason, given)
        labels = dict(zip((candidate.one.iri, candidate.other.iri), candidate.labels, strict=True))
        with writing(self.data) as log:
            self._check_meanwhile(decision, log)
            written = self._write(log, TABLES[candidate.kind], decision, labels, despite_contradiction)
        self.made.append(written)
        self._take_in(log)
        return written

    def undo(self, pair: frozenset[str] | None = None, reason: str = "", *, despite_contradiction: bool = False) -> Decision:
        """Take back the last decision on `pair`, or without one the last made here: what held before it holds again.

        That is a decision too, appended with who took it back and why. Raises KgError when there is nothing to take back.
        """
        with writing(self.data) as log:
            if pair is None:
                if not self.made:
                    raise KgError("nothing was decided in this review")
                pair = self.made[-1].pair
            decision, table, why = self._taking_back(log, pair, reason)
            written = self._write(log, table, decision, {}, despite_contradiction, undo=why)
        self.made = [made for made in self.made if made.pair != pair]
        self._take_in(log)
        return written

    def refresh(self) -> list[Decision]:
        """Take in what others decided since; those decisions."""
        standing, _ = read_decisions(self.data)
        new = standing[len(self.standing) :] if standing[: len(self.standing)] == self.standing else standing
        self._take_in(Log(self.data, standing, None))
        return new

    def decisions_about(self, iri: str) -> list[Decision]:
        """Every decision on `iri` or anything decided to be the same, in the order of the tables."""
        canonical = resolve(self.standing)
        head = canonical(expand(iri))
        return [one for one in self.standing if head in (canonical(one.subject), canonical(one.object))]

    # --- writing ---
    def _decision(self, subject: str, verdict: Verdict, object_: str, reason: str, evidence: tuple[str, ...]) -> Decision:
        if not reason.strip():
            raise KgError("every decision says why")
        left_open = verdict if verdict in (Verdict.unsure, Verdict.taken_back) else None
        day = self.today().isoformat()
        same = verdict is Verdict.same
        return Decision("", 0, subject, same, object_, self.reviewer, day, MANUAL, reason.strip(), evidence, left_open)

    def _check_meanwhile(self, decision: Decision, log: Log) -> None:
        """Raise ReviewConflictError when decisions written since this review last looked settle the pair."""
        before = {(one.file, one.line) for one in self.standing}
        new = [one for one in log.standing if (one.file, one.line) not in before]
        canonical = resolve(log.standing)
        heads = frozenset((canonical(decision.subject), canonical(decision.object)))
        for other in reversed(new):
            pair = {canonical(other.subject), canonical(other.object)}
            if pair == heads or (len(heads) == 1 and heads <= pair):
                self._take_in(log)
                raise ReviewConflictError(f"meanwhile {other.author} decided: {other}, because: {other.comment}")

    def _write(
        self, log: Log, table: str, decision: Decision, labels: dict[str, str], despite: bool, **journalled: object
    ) -> Decision:
        if found := contradictions(log.standing, decision):
            if not despite:
                raise ContradictionError(found)
            journalled["despite"] = [problem.message for problem in found]
        return log.append(table, decision, labels, reason=decision.comment, **journalled)

    def _taking_back(self, log: Log, pair: frozenset[str], reason: str) -> tuple[Decision, str, str]:
        """The decision that takes the last one on `pair` back, its table, and which one that was."""
        history = [one for one in log.standing if one.pair == pair]
        if not history or history[-1].verdict is Verdict.taken_back:
            raise KgError(f"nothing is decided about {' and '.join(sorted(map(compress, pair)))}")
        last = history[-1]
        earlier = next((one for one in reversed(history) if one.verdict is not last.verdict), None)
        verdict = earlier.verdict if earlier else Verdict.taken_back
        why = f"taken back: {last.verdict} ({last.file}:{last.line}, {last.author}, {last.date})"
        decision = self._decision(last.subject, verdict, last.object, f"{why}{f'; {reason.strip()}' if reason.strip() else ''}", ())
        table = last.file.rsplit("/", 1)[-1].removesuffix(".sssom.tsv")
        return decision, table, str(last)

    # --- keeping up ---
    def _take_in(self, log: Log) -> None:
        """Drop pairs that decisions have settled, whoever made them."""
        self.standing = list(log.standing)
        canonical = resolve(self.standing)
        decided = decided_between(self.standing, canonical)
        kept: dict[frozenset[str], Candidate] = {}
        for candidate in self.found:
            heads = frozenset((canonical(candidate.one.iri), canonical(candidate.other.iri)))
            verdict = decided.get(heads)
            fresh = verdict is None or (verdict in self.again and verdict is candidate.decided)
            if len(heads) == 2 and fresh and not any(made.pair == heads for made in self.made if verdict is not None):
                kept.setdefault(heads, candidate)
        self.candidates = list(kept.values())


def contradictions(standing: Iterable[Decision], new: Decision) -> list[Problem]:
    """What cannot hold any more once `new` stands beside the decisions `standing`, each with the chain that joins both sides."""
    standing = list(standing)
    before = {problem.message for problem in resolve(standing).problems}
    return [problem for problem in resolve([*standing, new]).problems if problem.message not in before]


def _direction(candidate: Candidate) -> tuple[str, str]:
    """Subject and object: decided towards a publisher, or the one of which more is known, whose address then stays."""
    towards = max(candidate.one, candidate.other, key=lambda thing: (thing.iri.startswith(_PUBLISHERS), len(thing.mentions)))
    subject = candidate.other if towards is candidate.one else candidate.one
    return subject.iri, towards.iri
