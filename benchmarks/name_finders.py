"""How many people the name finders add to what the grammar finds, and how many of their hints are right, on the gold set.

`python -m benchmarks.name_finders ner-en` needs the engine installed (docs/extraction.md); nothing of it is run by `make bench`.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import dataclass

from benchmarks.extraction_gold import PARTS, read_gold
from benchmarks.extraction_score import Tally, score
from kg.extract import extract_article
from kg.extract.engines import FINDERS, NameFinder, name_finder, with_engines
from kg.records import read_registries
from kg.vocabulary import locate


@dataclass(frozen=True)
class Hints:
    """People found by the grammar alone and with the finder; how many hints it gave."""

    alone: Tally
    together: Tally
    given: int

    @property
    def right(self) -> int:
        """Hints that name a person whom the grammar missed."""
        return self.together.right - self.alone.right


def measured(engine: NameFinder, part: str, language: str) -> Hints:
    """The hints of `engine` on the articles of one part and language."""
    registries = read_registries(locate("data"))
    alone, together, given = Tally(), Tally(), 0
    for article in read_gold(part):
        about = article.gold.article
        if about.language != language:
            continue
        draft = extract_article(
            article.text, title=about.title, language=language, published=about.published, registries=registries
        )
        joined = with_engines(draft, [engine])
        alone.add(score(draft, article)["person"])
        together.add(score(joined, article)["person"])
        given += sum(span.rule == engine.name for span in joined.spans.values())
    return Hints(alone, together, given)


def main() -> None:
    """Print one line for each part and language."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.name_finders", description=__doc__)
    parser.add_argument("engine", choices=list(FINDERS))
    start = time.perf_counter()
    engine = name_finder(parser.parse_args().engine)
    print(f"{engine.name}: loaded in {time.perf_counter() - start:.1f} s")
    for part in PARTS:
        for language in engine.languages:
            found = measured(engine, part, language)
            people = f"recall {found.alone.recall:.3f} -> {found.together.recall:.3f}"
            precision = f"precision {found.alone.precision:.3f} -> {found.together.precision:.3f}"
            print(f"{part} {language}: {people}, {precision}; {found.given} hints, {found.right} right")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
