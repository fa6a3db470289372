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
    files: Annotated[
        list[Path] | None, typer.Argument(help="Records, registries or folders of them; without any, the whole data folder.")
    ] = None,
    data: DataOption = DATA,
) -> None:
    """Check records: every mistake with file, line, column and a hint.

    Example: `kg check data/records/zmina/2025-10-14-khalilov-rearrest.yaml`; `kg check data/places.yaml`
    """
    from kg.records import check_path

    checked = [check_path(path, data) for path in files or [data]]
    count, problems = sum(number for number, _ in checked), {problem for _, found in checked for problem in found}
    for problem in sorted(problems):
        typer.echo(str(problem))
    talk.print(f"files checked: {count}, problems: {len(problems)}")
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
