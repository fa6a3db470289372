"""What `kg extract` finds in the articles of the gold set, beside what a careful editor would write down.

`python -m benchmarks.extraction` prints precision, recall and F1 for each kind of fact and language, on the part of the gold set
that no rule was written on; `develop` prints the other part, and `develop --mistakes` every wrong and missed fact of it.
The mistakes of the test part are not shown, so that nobody writes a rule for them.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from time import process_time

from benchmarks.extraction_gold import PARTS, GoldArticle, read_gold
from benchmarks.extraction_score import BESIDE, COUNTED, Scores, Tally, score, told_twice, total, traps_sprung
from benchmarks.measured import Measured
from kg.extract import Draft, extract_article
from kg.records import read_registries
from kg.vocabulary import locate

LANGUAGES = {"en": "English", "ru": "Russian", "uk": "Ukrainian"}
BARS = {"en": (0.92, 0.80), "ru": (0.85, 0.65), "uk": (0.85, 0.65)}
"""Least precision and recall on the test part, all counted kinds of fact together."""


def run() -> Iterator[Measured]:
    """F1 of the test part for each language, with precision and recall beside their bars."""
    for language, scores in by_language(measured("test")).items():
        whole, (precision, recall) = total(scores), BARS[language]
        what = f"extraction, {LANGUAGES[language]}: precision {whole.precision:.3f}, recall {whole.recall:.3f}"
        yield Measured(what, whole.f1, bar=f"precision {precision:.2f}, recall {recall:.2f}", unit="F1")
    yield Measured("extraction, speed on the gold set", speed(), unit="words/s")


def speed() -> float:
    """Words of the gold set read in a second of processor time, all languages together."""
    articles = [article for part in PARTS for article in read_gold(part)]
    start = process_time()
    for article in articles:
        extract_article(article.text, title="", language=article.gold.article.language, published=article.gold.article.published)
    return sum(len(article.text.split()) for article in articles) / (process_time() - start)


def measured(part: str) -> Iterator[tuple[GoldArticle, Draft, Scores]]:
    """Each article of a part with the draft that `kg extract` makes of it, and its scores."""
    registries = read_registries(locate("data"))
    for article in read_gold(part):
        about = article.gold.article
        draft = extract_article(
            article.text, title=about.title, language=about.language, published=about.published, registries=registries
        )
        yield article, draft, score(draft, article)


def by_language(results: Iterator[tuple[GoldArticle, Draft, Scores]]) -> dict[str, Scores]:
    """The tallies of all articles of a language put together."""
    together: dict[str, Scores] = defaultdict(lambda: {kind: Tally() for kind in (*COUNTED, *BESIDE)})
    for article, _, scores in results:
        for kind, tally in scores.items():
            together[article.gold.article.language][kind].add(tally)
    return {language: together[language] for language in LANGUAGES if language in together}


def table(languages: dict[str, Scores]) -> str:
    """A Markdown table: kinds of fact down, languages across; `n` is the number of facts wanted."""
    head = " | ".join(f"{LANGUAGES[language]} P | R | F1 | n" for language in languages)
    lines = [f"| fact | {head} |", "| --- |" + " --- |" * 4 * len(languages)]
    for kind in (*COUNTED, "all of these", *BESIDE):
        tallies = [total(scores) if kind == "all of these" else scores[kind] for scores in languages.values()]
        cells = " | ".join(f"{t.precision:.2f} | {t.recall:.2f} | {t.f1:.2f} | {t.right + len(t.missed)}" for t in tallies)
        lines.append(f"| {kind} | {cells} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table of one part."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, default="test")
    parser.add_argument("--mistakes", action="store_true", help="print every wrong and missed fact (develop only)")
    options = parser.parse_args()
    if options.mistakes and options.part == "test":
        parser.error("the mistakes of the test part are not shown: rules are written on the develop part")
    results = list(measured(options.part))
    print(f"{options.part}: {len(results)} articles\n\n{table(by_language(iter(results)))}\n")
    sprung = sum(len(traps_sprung(draft, article)) for article, draft, _ in results)
    print(f"events told twice: {sum(told_twice(draft, article) for article, draft, _ in results)}")
    print(f"traps sprung: {sprung} of {sum(len(article.gold.not_) for article, _, _ in results)}")
    if options.mistakes:
        for article, _, scores in results:
            _mistakes(article.name, scores)


def _mistakes(name: str, scores: Scores) -> None:
    print(f"\n== {name}")
    for kind in COUNTED:
        for mark, facts in (("wrong ", scores[kind].wrong), ("missed", scores[kind].missed)):
            for fact in facts:
                print(f"   {mark} {kind}: {fact}")


if __name__ == "__main__":
    main()
