"""The command that checks a graph by shapes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import BUILD, DATA, DataOption, StoreOption, app, progress, talk
from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.graph import Graph
    from kg.graph.shapes import Finding, Located, Shape


class Least(StrEnum):
    """The least grave findings shown."""

    violation = "violation"
    warning = "warning"
    info = "info"


class ReportFormat(StrEnum):
    """How findings are printed."""

    table = "table"
    json = "json"
    sarif = "sarif"
    junit = "junit"
    turtle = "turtle"


class Engine(StrEnum):
    """Who validates: the store itself, or pySHACL as the reference."""

    store = "store"
    pyshacl = "pyshacl"


@app.command()
def validate(
    store: StoreOption = BUILD,
    data: DataOption = DATA,
    severity: Annotated[Least, typer.Option(help="Show findings of this severity and graver ones.")] = Least.warning,
    format: Annotated[ReportFormat, typer.Option("--format", "-f", help="How findings are printed.")] = ReportFormat.table,
    shape: Annotated[list[str] | None, typer.Option(help="Only the shape of this name; may be repeated.")] = None,
    engine: Annotated[Engine, typer.Option(help="store, or pyshacl: slower, the reference.")] = Engine.store,
    limit: Annotated[int, typer.Option(help="Findings of one shape that a table shows.", min=1)] = 20,
) -> None:
    """Check the graph by the shapes of ontology/shapes.ttl: what cannot be, what is unlikely, what is missing.

    What the axioms of the ontology forbid is told as well, under the name Contradiction, with the fewest statements behind it.

    Exit code 1 when there is a violation. The data folder says in which file and line the statements stand.

    Examples: `kg validate`; `kg validate --severity info --shape DatedEvent`; `kg validate --format sarif > validation.sarif`
    """
    from kg.graph import Graph
    from kg.graph.shapes import CONTRADICTION, Severity, contradictions, explain_findings, read_shapes, worst

    shapes = _chosen([CONTRADICTION, *read_shapes()], shape)
    places = data if data.is_dir() else None
    graph = Graph.open(store)
    with progress() as say:
        found = _run(graph, shapes, engine, say)
        shown = [finding for finding in found if finding.severity.at_least(Severity(severity.value))]
        say("explain", f"{len(shown):,} findings")
        located = explain_findings(graph, shown, shapes, places)
        if CONTRADICTION in shapes:
            clashing = contradictions(graph, places)
            located, found, shown = [*clashing, *located], [*_of(clashing), *found], [*_of(clashing), *shown]
    text = _printed(located, shapes, format, limit)
    if text:
        typer.echo(text)
    _close(found, shown, shapes)
    if worst(found) is Severity.violation:
        raise typer.Exit(1)


def _chosen(shapes: list[Shape], names: list[str] | None) -> list[Shape]:
    import difflib

    known = {shape.name for shape in shapes}
    for name in names or ():
        if name not in known:
            close = difflib.get_close_matches(name, known, 3, 0.4)
            hint = f"did you mean {' or '.join(close)}?" if close else "docs/validation.md lists them all"
            raise QueryError(f"there is no shape '{name}': {hint}")
    return [shape for shape in shapes if not names or shape.name in names]


def _run(graph: Graph, shapes: list[Shape], engine: Engine, say: Callable[[str, str], None]) -> list[Finding]:
    from kg.graph.shapes import validate as run
    from kg.graph.shapes import validate_by_pyshacl

    if engine is Engine.store:
        return run(graph.backend, shapes, say)
    say("validate", "pySHACL")
    chosen = {one.iri for one in shapes}
    return [finding for finding in validate_by_pyshacl(graph.backend) if finding.shape in chosen]


def _of(located: Sequence[Located]) -> list[Finding]:
    return [one.finding for one in located]


def _printed(located: Sequence[Located], shapes: Sequence[Shape], format: ReportFormat, limit: int) -> str:
    from kg.graph.shapes.report_json import json_report
    from kg.graph.shapes.report_junit import junit_report
    from kg.graph.shapes.report_sarif import sarif_report
    from kg.graph.shapes.report_text import text_report
    from kg.graph.shapes.report_turtle import turtle_report

    if format is ReportFormat.json:
        return json_report(located)
    if format is ReportFormat.sarif:
        from importlib.metadata import version

        return sarif_report(located, shapes, version("persecution-networks"))
    if format is ReportFormat.junit:
        return junit_report(located, shapes)
    return turtle_report(located).rstrip() if format is ReportFormat.turtle else text_report(located, limit)


def _close(found: Sequence[Finding], shown: Sequence[Finding], shapes: Sequence[Shape]) -> None:
    from kg.graph.shapes import Severity

    plural = {Severity.violation: "violations", Severity.warning: "warnings", Severity.info: "gaps"}
    counts = ", ".join(f"{plural[s]} {sum(finding.severity is s for finding in found)}" for s in Severity)
    hidden = f"; {len(found) - len(shown)} not shown (--severity info)" if len(found) > len(shown) else ""
    talk.print(f"{len({shape.root for shape in shapes})} shapes: {counts}{hidden}", soft_wrap=True)
