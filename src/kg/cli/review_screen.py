"""The terminal screen of a review: one fact at a time, its words highlighted in their paragraph, one letter a decision.

Lines, not keystrokes, so that it works over any connection and with a screen reader. What it does is `kg.extract.review`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import typer
import yaml
from rich.text import Text

from kg.cli.console import out, talk, visible
from kg.errors import KgError, ReviewConflictError
from kg.extract.describe import describe
from kg.extract.review import Review, ReviewedFact, State, find_words
from kg.records.model import FACT_MODELS

HELP = """\
y            accept                          n [why]   reject
e a=b c=d    edit fields: e date=2021-08-17 people.judge=ivanova years=; a dot goes into a field, nothing after = removes it
e            edit the whole fact in $EDITOR
a1, a2 ...   add the name with that number   a WORDS   add what these words state (first ... last takes all between)
a KIND: WORDS   add it as that kind: person, body, case, figure, or an event such as detention
s WORDS      summary of this passage         source publisher=zmina   correct what is said of the source
j  b         next, back (nothing decided)    u         take back your last decision here
l            everything so far               f         finish: write the record        q   stop; all is kept
"""


class Screen:
    """Walks through a review; `run` returns False when the reviewer wants to stop altogether."""

    def __init__(self, review: Review, *, replace_edited: bool = False) -> None:
        self.review, self.replace_edited = review, replace_edited
        self.trail: list[str] = []
        self.decided_here: list[str] = []
        self.at: str | None = None
        self.numbered: list[tuple[int, int]] = []

    def run(self) -> bool:
        """Show one fact after the other until the record is finished or the reviewer stops."""
        self._opening()
        while True:
            fact = self._current()
            if fact is None:
                talk.print("every fact is decided: f writes the record, l shows it, a WORDS adds, q stops", soft_wrap=True)
            else:
                self._show(fact)
            try:
                line = typer.prompt("?", prompt_suffix=" ", default="j" if fact else "f", show_default=False).strip()
            except (typer.Abort, EOFError):
                talk.print("\nstopped; all decisions are kept")
                return False
            if line == "q":
                return False
            if line == "f":
                if self._finish():
                    return True
            else:
                self._tell(line, fact)

    def _current(self) -> ReviewedFact | None:
        if self.at is not None and self.at in self.review.refresh().facts:
            return self.review.fact(self.at)
        found = self.review.next(self.trail[-1] if self.trail else None)
        self.at = found.id if found else None
        return found

    # --- showing ---
    def _opening(self) -> None:
        proposal = self.review.proposal
        out.print(
            Text(
                f"{visible(proposal.source.title)} ({proposal.source.publisher}, {proposal.source.published or 'undated'})", "bold"
            )
        )
        for entry in self.review.standing.gone:
            what = describe_value(entry.get("value"))
            told = f"no longer in the text: {what} ({entry.do} by {entry.by}, {entry.at}): its paragraph has changed"
            talk.print(Text(told, "yellow"), soft_wrap=True)
        talk.print("y accept, n reject, e edit, a add, ? help, q stop", soft_wrap=True)

    def _show(self, fact: ReviewedFact) -> None:
        review = self.review
        facts = review.facts
        number = next(at for at, one in enumerate(facts, 1) if one.id == fact.id)
        out.print()
        out.print(Text(f"{number} of {len(facts)}, {review.decided} decided; {fact.passage}", "dim"))
        start, end = review.paragraph(fact.passage)
        paragraph = Text(visible(review.proposal.text[start:end]))
        self.numbered = review.unread_names(fact.passage)
        paragraph.stylize("reverse bold", fact.start - start, fact.end - start)
        for first, last in self.numbered:
            paragraph.stylize("underline", first - start, last - start)
        if not out.is_terminal:  # a file or a pipe has no colours to highlight with
            words = paragraph.plain
            paragraph = Text(
                f"{words[: fact.start - start]}[{words[fact.start - start : fact.end - start]}]{words[fact.end - start :]}"
            )
        out.print(paragraph)
        out.print(Text.assemble("-> ", (describe_value(fact.value), "bold"), f"   {fact.state}, {fact.rule}"))
        out.print(Text(_fields(fact.value), "dim"))
        if fact.needs_look:
            out.print(Text(f"needs a look: {fact.needs_look}", "yellow"))
        if self.numbered:
            names = (f"a{at} {visible(review.proposal.text[first:last])}" for at, (first, last) in enumerate(self.numbered, 1))
            out.print(Text("not in any fact: " + "; ".join(names), "cyan"))

    def _list(self) -> None:
        passage = ""
        for fact in self.review.facts:
            if fact.passage != passage:
                passage = fact.passage
                out.print(Text(f"{passage}  {self.review.standing.summaries.get(passage, '')}", "bold"))
            by = f"  {fact.by}" if fact.by else ""
            style = "strike" if fact.state is State.rejected else ""
            out.print(Text.assemble(f"  {fact.state:8} ", (describe_value(fact.value), style), by))

    # --- deciding ---
    def _tell(self, line: str, fact: ReviewedFact | None) -> None:
        try:
            self._do(line, fact)
        except ReviewConflictError as error:
            talk.print(Text(str(error), "yellow"), soft_wrap=True)
        except KgError as error:
            talk.print(Text(str(error), "red"), soft_wrap=True)

    def _do(self, line: str, fact: ReviewedFact | None) -> None:
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        if word == "l":
            self._list()
        elif word == "b" and self.trail:
            self.at = self.trail.pop()
        elif word == "u" and self.decided_here:
            self.at = self.decided_here.pop()
            self.review.undo(self.at)
        elif word == "source" and "=" in rest:
            self.review.set_source(**dict(part.split("=", 1) for part in rest.split()))
        elif word == "a" or (word[:1] == "a" and word[1:].isdecimal()):
            self._add(word[1:], rest, fact)
        elif fact is not None and word in ("y", "n", "e", "s", "j"):
            self._about(word, rest, fact)
        else:
            talk.print(HELP)

    def _about(self, word: str, rest: str, fact: ReviewedFact) -> None:
        actions: dict[str, Callable[[], object]] = {
            "y": lambda: self.review.accept(fact.id),
            "n": lambda: self.review.reject(fact.id, rest or None),
            "e": lambda: self.review.edit(fact.id, edited(fact.value or fact.proposed or {}, rest)),
        }
        if word == "s":
            self.review.summarise(fact.passage, rest)
            return
        if word in actions:
            actions[word]()
            self.decided_here.append(fact.id)
        self.trail.append(fact.id)
        self.at = None

    def _add(self, number: str, rest: str, fact: ReviewedFact | None) -> None:
        if number:
            if not 0 < int(number) <= len(self.numbered):
                raise KgError(f"there is no name {number} here")
            start, end = self.numbered[int(number) - 1]
            kind: str | None = rest or None
        else:
            head, mark, words = rest.partition(":")
            kind, words = (head.strip(), words.strip()) if mark and " " not in head.strip() else (None, rest)
            start, end = find_words(self.review.proposal.text, words, fact.start if fact else 0)
        for made in self.review.add(start, end, kind=kind):
            self.decided_here.append(made.id)
            out.print(Text(f"added: {describe_value(made.value)}   (u takes it back)", "green"))
            out.print(Text(_fields(made.value), "dim"))

    def _finish(self) -> bool:
        left = sum(fact.state is State.open for fact in self.review.facts)
        leave_out = bool(left) and typer.confirm(f"{left} facts are undecided: leave them out?", default=False)
        if left and not leave_out:
            return False
        try:
            path = self.review.finish(leave_out_open=leave_out, replace_edited=self.replace_edited)
        except KgError as error:
            talk.print(Text(str(error), "red"), soft_wrap=True)
            return False
        kept = sum(fact.kept for fact in self.review.facts)
        silent = {fact.passage for fact in self.review.facts if fact.kept} - set(self.review.standing.summaries)
        talk.print(f"written: {path}, {kept} facts; now kg build puts it into the graph", soft_wrap=True)
        if silent:
            talk.print(f"no summary was written for {', '.join(sorted(silent))}: their facts stand in its place", soft_wrap=True)
        return True


def describe_value(value: dict[str, Any] | None) -> str:
    """A fact, given as a record says it, in one line."""
    if not value:
        return "(nothing)"
    kind = next((kind for kind in FACT_MODELS if kind in value), None)
    try:
        return visible(describe(FACT_MODELS[kind].model_validate(value))) if kind else json.dumps(value, ensure_ascii=False)
    except ValueError:
        return json.dumps(value, ensure_ascii=False)


def _fields(value: dict[str, Any] | None) -> str:
    return (
        yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000).strip() if value else ""
    )


def edited(value: dict[str, Any], assignments: str) -> dict[str, Any]:
    """`value` with the fields that `a=b c.d=e` sets; without any, as the reviewer left it in $EDITOR.

    Raises KgError when that is no mapping.
    """
    if not assignments:
        return _in_editor(value)
    made: dict[str, Any] = json.loads(json.dumps(value))
    for part in _assignments(assignments):
        path, _, text = part.partition("=")
        *above, last = path.split(".")
        place = made
        for name in above:
            place = place.setdefault(name, {})
            if not isinstance(place, dict):
                raise KgError(f"'{name}' is no mapping: edit the whole fact with e alone")
        if text:
            place[last] = _parsed(text)
        else:
            place.pop(last, None)
    return made


def _assignments(text: str) -> list[str]:
    """`name=Ivan Petrenko age=40` -> one entry a field: a value goes on until the next field."""
    parts: list[str] = []
    for word in text.split():
        if "=" in word:
            parts.append(word)
        elif parts:
            parts[-1] += f" {word}"
        else:
            raise KgError(f"'{word}' sets no field: write field=value, such as date=2021-08-17")
    return parts


def _parsed(text: str) -> Any:
    if not text.startswith(("[", "{")):
        return text
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise KgError(f"'{text}' cannot be read: {error}") from None


def _in_editor(value: dict[str, Any]) -> dict[str, Any]:
    import click

    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    back = click.edit(text, extension=".yaml")
    if back is None:
        raise KgError("not changed: save the file in the editor, or set fields with e field=value")
    try:
        made = yaml.load(back, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise KgError(f"what you saved cannot be read: {error}") from None
    if not isinstance(made, dict):
        raise KgError("what you saved is no fact: keep it as field: value")
    return made
