"""Which drafts wait for a reviewer, and what happens to a review when the page has changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from kg.errors import KgError
from kg.extract.assemble import extract_article
from kg.extract.draft import Draft, proposal_path
from kg.extract.review.journal import Journal, journal_path
from kg.extract.review.proposal import Proposal, read_proposal
from kg.extract.review.standing import Standing, State, standing
from kg.records import Record, Registries
from kg.records.corpus import record_paths

LIKE = 0.6
"""How much of its words a paragraph shares with an earlier one to be that one, changed: what difflib calls a close match."""


@dataclass(frozen=True)
class Waiting:
    """A draft and how far its review is: `state` is new, begun, reopened, finished, or without proposal."""

    path: Path
    title: str
    state: str
    facts: int = 0
    decided: int = 0
    doubtful: int = 0
    reviewers: tuple[str, ...] = ()


def waiting_drafts(data: Path, *, finished: bool = False) -> list[Waiting]:
    """Every draft below `data`/records that waits for a review, in the order of their files; with `finished` the others too."""
    found = []
    for path in record_paths(data):
        if proposal_path(path).exists():
            one = waiting(path)
            if finished or one.state != "finished":
                found.append(one)
        elif path.suffix == ".yaml" and _is_draft(path):
            found.append(Waiting(path, "", "without proposal"))
    return found


def waiting(path: Path) -> Waiting:
    """How far the review of the draft at `path` is."""
    proposal = read_proposal(path)
    journal = Journal(journal_path(path))
    now = standing(proposal, journal.read())
    facts = list(now.facts.values())
    return Waiting(
        path=path,
        title=proposal.source.title,
        state=_state(proposal, journal, now),
        facts=len(facts),
        decided=sum(fact.state is not State.open for fact in facts),
        doubtful=sum(bool(fact.needs_look) and fact.state is State.open for fact in facts),
        reviewers=tuple(dict.fromkeys(entry.by for entry in journal.entries)),
    )


def _state(proposal: Proposal, journal: Journal, now: Standing) -> str:
    if proposal.digest != proposal.proposed_for or now.reopened:
        return "reopened"
    if not journal.entries:
        return "new"
    return "finished" if now.finished else "begun"


def _is_draft(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        return any(line.startswith("status: draft") for _, line in zip(range(5), file, strict=False))


def under_review(path: Path) -> bool:
    """Whether somebody has decided something about the draft at `path`, or finished it."""
    return journal_path(path).exists()


def reopen(path: Path, draft: Draft) -> bool:
    """Put another reading of the source beside the record at `path`, which is left as it is until the review is finished anew.

    Paragraphs that stand as they stood keep their passage ids and their decisions; those that changed are undecided again.
    False when the text is the same: then nothing happens. Raises KgError when no draft is there.
    """
    if not journal_path(path).exists() and not proposal_path(path).exists():
        raise KgError(f"{path} has no draft beside it that could be read anew")
    old = read_proposal(path)
    if old.digest == old.proposed_for and old.text == draft.text:
        return False
    _with_old_ids(draft, old, standing(old, Journal(journal_path(path)).read())).write_proposal(path)
    return True


def read_anew(path: Path, registries: Registries | None = None) -> bool:
    """Reopen the review of the draft at `path` when its text file was changed; False when it was not."""
    old = read_proposal(path)
    if old.digest == old.proposed_for:
        return False
    source = old.source
    draft = extract_article(
        old.text,
        title=source.title,
        language=source.language,
        published=str(source.published) if source.published else None,
        publisher=source.publisher,
        url=source.url,
        registries=registries,
    )
    record = draft.record.model_copy(update={"source": source})
    return reopen(path, replace(draft, record=record))


def _with_old_ids(draft: Draft, old: Proposal, now: Standing) -> Draft:
    # A text that was edited in place tells nothing of the paragraphs that the places were made for.
    before = {} if old.digest != old.proposed_for else {key: old.text[start:end] for key, (start, end) in now.places.items()}
    names = _ids({key: draft.text[start:end] for key, (start, end) in draft.places.items()}, before, set(now.places))
    passages = [passage.model_copy(update={"id": names[passage.id]}) for passage in draft.record.passages]
    return replace(
        draft,
        record=Record(source=draft.record.source, passages=passages, status="draft"),
        spans={(names[passage], index): span for (passage, index), span in draft.spans.items()},
        places={names[passage]: place for passage, place in draft.places.items()},
    )


def _ids(new: dict[str, str], before: dict[str, str], taken: set[str]) -> dict[str, str]:
    """Ids for the paragraphs `new`: that of the same paragraph before, else of one much like it, else an unused one."""
    names: dict[str, str] = {}
    for least in (1.0, LIKE):
        for key, text in new.items():
            free = {name: earlier for name, earlier in before.items() if name not in names.values()}
            alike = {name: _likeness(text, earlier, least) for name, earlier in free.items()} if key not in names else {}
            best = max(alike, key=lambda name: alike[name], default=None)
            if best is not None and alike[best] >= least:
                names[key] = best
    for key in new:
        name = key
        while key not in names and (name in taken or name in names.values()):
            name += "a"
        names.setdefault(key, name)
    return names


def _likeness(one: str, other: str, least: float) -> float:
    if one == other or least == 1:
        return float(one == other)
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= least else 0.0
