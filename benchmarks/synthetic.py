"""Invented corpora of any size: trials in which a few hundred officials, the same from trial to trial, meet many defendants."""

from __future__ import annotations

import random
import re
from pathlib import Path

from kg.identity import Decision, write_decisions
from kg.vocabulary import ID

_NAMED = re.compile(r"\{(?:person|body): ([\w-]+), name: ([^,}]+)")
REGISTRY = "source: {{id: {name}, title: {name}, publisher: project, language: en, locator: this file}}\nentries:\n{entries}"


def write_corpus(folder: Path, records: int, seed: int = 1) -> None:
    """`records` record files, each one trial with 12 events, below `folder`/records."""
    chance = random.Random(seed)
    (folder / "records").mkdir(parents=True)
    (folder / "identity").mkdir()
    for name, entries in {
        "publishers": "- {key: project, name: Project, kind: organization}\n- {key: news, name: News, kind: media-outlet}\n",
        "places": "- {key: town, name: {en: Town}, kind: city, lat: 45, lon: 34}\n",
        "codes": "- {key: ru-cc, name: {en: Criminal Code}, kind: code}\n",
    }.items():
        (folder / f"{name}.yaml").write_text(REGISTRY.format(name=name, entries=entries), encoding="utf-8")
    mentions: dict[str, list[str]] = {}
    for number in range(records):
        text = _record(number, chance)
        (folder / "records" / f"r{number}.yaml").write_text(text, encoding="utf-8")
        for key, name in _NAMED.findall(text):
            mentions.setdefault(name, []).append(f"{ID}r{number}/{key}")
    _decide(folder / "identity", mentions)


def _decide(folder: Path, mentions: dict[str, list[str]]) -> None:
    """Everybody and every court of one name is decided to be the same, so that officials recur from trial to trial."""
    for kind, starts in (("people", ("Judge", "Prosecutor")), ("bodies", ("Court",))):
        made = [
            Decision("", 0, mention, True, first, "an editor", "2026-11-23", "semapv:ManualMappingCuration", "one of that name")
            for name, (first, *others) in mentions.items()
            if name.startswith(starts)
            for mention in others
            if mention.rsplit("/", 1)[0] != first.rsplit("/", 1)[0]
        ]
        write_decisions(folder / f"{kind}.sssom.tsv", made)


def _record(number: int, chance: random.Random) -> str:
    day = f"20{chance.randint(14, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    lines = [
        f"source: {{id: r{number}, publisher: news, url: 'https://news.example/{number}', title: Trial {number}, language: en}}",
        "passages:",
    ]
    for passage in range(3):
        lines += [f"- id: p{passage}", f"  summary: Passage {passage} of trial {number}.", "  facts:"]
        if passage == 0:
            lines += [f"  - {{person: judge-{n}, name: Judge {chance.randint(1, 400)}}}" for n in range(3)]
            lines += [f"  - {{person: accused-{n}, name: Accused {number}-{n}}}" for n in range(3)]
            lines += [
                f"  - {{person: prosecutor, name: Prosecutor {chance.randint(1, 200)}}}",
                f"  - {{body: court, name: Court {chance.randint(1, 40)}, kind: district-court, place: town}}",
                "  - {case: trial, defendants: [accused-0, accused-1, accused-2]}",
            ]
        lines += [
            f"  - {{event: e{passage}-{n}, kind: {kind}, date: {day}, body: court, case: trial, people: {{judge: [judge-{n % 3}], "
            f"prosecutor: [prosecutor], defendant: [accused-0, accused-1, accused-2]}}}}"
            for n, kind in enumerate(("custody-ruling", "hearing", "sentence-request", "sentence"))
        ]
    return "\n".join(lines) + "\n"
