"""Commands for editors: start a record, check records, print the schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import DATA, DataOption, app, out, talk
from kg.errors import KgError


@app.command()
def new(
    publisher: Annotated[str, typer.Option(help="Key in data/publishers.yaml.")],
    url: Annotated[str, typer.Option(help="Where the page was read.")],
    title: Annotated[str, typer.Option(help="Title of the page.")],
    published: Annotated[str | None, typer.Option(help="2025-10-14, 2025-10 or 2025, as the page says.")] = None,
    language: Annotated[str, typer.Option(help="Two-letter code.")] = "en",
    data: DataOption = DATA,
) -> None:
    """Start a record.

    Example: `kg new --publisher zmina --url https://zmina.info/… --title "…" --published 2025-10-14`
    """
    from kg.records import new_record, parse_date

    if published:
        try:
            parse_date(published)
        except ValueError as error:
            raise KgError(f"--published {published}: {error}") from None
    out.print(new_record(data, publisher, url, title, published, language), highlight=False, soft_wrap=True)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Record files; without any, the whole data folder.")] = None,
    data: DataOption = DATA,
) -> None:
    """Check records: every mistake with file, line, column and a hint.

    Example: `kg check data/records/zmina/2025-10-14-khalilov-rearrest.yaml`
    """
    from kg.records import data_folder_of, read_corpus, read_registries, try_record

    if files:
        problems = []
        for path in files:
            registries = read_registries(data_folder_of(path) or data)
            problems += [*registries.problems, *try_record(path, str(path), registries)[1]]
        count = len(files)
    else:
        corpus = read_corpus(data)
        problems, count = corpus.problems, len(corpus.files) + len(corpus.refused) + len(corpus.drafts)
    for problem in sorted(set(problems)):
        typer.echo(str(problem))
    talk.print(f"{count} records, {len(set(problems))} problems")
    if problems:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the record format, for completion in editors.

    Example: `kg schema > record.schema.json`
    """
    import json

    from kg.records import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
