"""The terminal screen of an identity review: one pair at a time, side by side, one letter a decision, then the reason.

Lines, not keystrokes, so that it works over any connection and with a screen reader. What it does is `kg.identity.review`.
"""

from __future__ import annotations

import typer
from rich.table import Table
from rich.text import Text

from kg.cli.console import out, talk, visible
from kg.errors import ContradictionError, KgError, ReviewConflictError
from kg.identity import Decision, Verdict
from kg.identity.candidates import Candidate
from kg.identity.review import IdentityReview
from kg.vocabulary import compress

HELP = """\
s WHY        the same: their addresses become one     d WHY   different: holds against every later merge
n WHY        not sure: nothing is merged, and the pair does not come again unless asked for (--again unsure)
             evidence goes behind a bar: s same court and day | https://… id:source/…   (else: the passages shown)
j            skip, for this time                      u WHY   take back your last decision here
l            every passage and name, and what was decided about the two before
q            stop; every decision is on disk already
"""
_VERDICTS = {"s": Verdict.same, "d": Verdict.different, "n": Verdict.unsure}


class IdentityScreen:
    """Walks through the pairs of a review until there are none or the reviewer stops."""

    def __init__(self, review: IdentityReview) -> None:
        self.review = review

    def run(self) -> int:
        """Show one pair after the other; how many decisions were made."""
        made = 0
        talk.print("s same, d different, n not sure, j skip, u undo, l more, ? help, q stop", soft_wrap=True)
        shown = ""
        while candidate := self.review.next():
            if candidate.id != shown:
                self._show(candidate)
                shown = candidate.id
            try:
                line = typer.prompt("?", prompt_suffix=" ", default="j", show_default=False).strip()
                if line == "q":
                    break
                made += self._tell(line, candidate)
            except (typer.Abort, EOFError):
                talk.print("\nstopped; all decisions are kept")
                return made
        else:
            talk.print("no pair is left to review; kg build applies what was decided", soft_wrap=True)
        return made

    # --- showing ---
    def _show(self, candidate: Candidate) -> None:
        left = sum(1 for _ in self.review.candidates)
        before = f", decided before: {candidate.decided}" if candidate.decided else ""
        out.print()
        out.print(Text(f"{candidate.kind}, rank {candidate.rank:.2f}, {left} pairs to go{before}", "dim"))
        table = Table("")
        for label in candidate.labels:
            table.add_column(Text(visible(label)), overflow="fold")
        for name, values in sides(candidate):
            table.add_row(name, *(Text(visible(value)) for value in values))
        out.print(table)
        out.print(
            Text(f"names {candidate.score:.2f}: " if candidate.kind in ("person", "body") else f"{candidate.score:.2f}: ", "bold")
        )
        for reason in candidate.reasons:
            out.print(Text(f"    {visible(reason)}"))
        for clue in sorted(candidate.clues, key=lambda clue: -clue.weight):
            sign, colour = ("+", "green") if clue.weight > 0 else ("-", "red") if clue.weight < 0 else (" ", "dim")
            out.print(Text(f"  {sign} {visible(clue.text)}", colour))

    def _more(self, candidate: Candidate) -> None:
        for thing, label in zip((candidate.one, candidate.other), candidate.labels, strict=True):
            out.print(Text(visible(label), "bold"))
            out.print(Text(f"  addresses: {', '.join(map(compress, thing.mentions))}"))
            out.print(Text(f"  names: {visible('; '.join(thing.names))}"))
            for passage, summary in thing.passages.items():
                out.print(Text(f"  {compress(passage)}: {visible(summary)}"))
            for decision in self.review.decisions_about(thing.iri):
                out.print(Text(f"  {decision} by {visible(decision.author)}, {decision.date}: {visible(decision.comment)}", "dim"))

    # --- deciding ---
    def _tell(self, line: str, candidate: Candidate) -> int:
        letter, _, rest = line.partition(" ")
        try:
            if letter in _VERDICTS:
                return self._decide(candidate, _VERDICTS[letter], rest)
            if letter == "u":
                said = self.review.undo(reason=rest)
                talk.print(Text(f"written: {said}: {said.comment}", "yellow"), soft_wrap=True)
                return -1
            if letter == "j":
                self.review.skip(candidate.id)
            elif letter == "l":
                self._more(candidate)
            else:
                talk.print(HELP)
        except ReviewConflictError as error:
            talk.print(Text(str(error), "yellow"), soft_wrap=True)
        except KgError as error:
            talk.print(Text(str(error), "red"), soft_wrap=True)
        return 0

    def _decide(self, candidate: Candidate, verdict: Verdict, rest: str) -> int:
        reason, _, evidence = rest.partition("|")
        while not reason.strip():
            reason, _, evidence = typer.prompt(f"{verdict}, because").partition("|")
        try:
            decision: Decision | None = self.review.decide(candidate.id, verdict, reason, evidence.split())
        except ContradictionError as error:
            decision = self._despite(error, candidate, verdict, reason, evidence)
        if decision is None:
            return 0
        talk.print(Text(f"written: {decision}", "green"), soft_wrap=True)
        return 1

    def _despite(
        self, error: ContradictionError, candidate: Candidate, verdict: Verdict, reason: str, evidence: str
    ) -> Decision | None:
        """Tell the chain, and write the decision only if the reviewer says so once more."""
        talk.print(Text("this cannot stand beside what was decided before:", "red"))
        for problem in error.problems:
            talk.print(Text(f"  {problem.message}", "red"), soft_wrap=True)
        question = "write it all the same? none of the group is merged until one of these is taken back"
        if not typer.confirm(question, default=False):
            talk.print("not written; kg review identity --undo ONE OTHER takes an earlier decision back", soft_wrap=True)
            return None
        return self.review.decide(candidate.id, verdict, reason, evidence.split(), despite_contradiction=True)


def sides(candidate: Candidate) -> list[tuple[str, tuple[str, str]]]:
    """What is known of the two, line by line, for a table with one column each; lines on which both are empty are left out."""
    two = (candidate.one, candidate.other)
    lines = [
        ("address", [compress(thing.iri) for thing in two]),
        ("names", ["; ".join(list(thing.names)[:6]) for thing in two]),
        ("kind", [", ".join(sorted(thing.kinds)) for thing in two]),
        ("born", [", ".join(sorted(map(str, thing.born))) for thing in two]),
        ("roles", [", ".join(sorted(thing.roles)) for thing in two]),
        ("dates", [", ".join(sorted(map(str, thing.dates))[:6]) for thing in two]),
        ("places", [", ".join(sorted(thing.places)) for thing in two]),
        ("sources", [f"{len(thing.sources)}: {', '.join(list(thing.sources)[:3])}" if thing.sources else "" for thing in two]),
        ("passage", [next(iter(thing.passages.values()), "") for thing in two]),
    ]
    return [(name, (values[0], values[1])) for name, values in lines if any(values)]
