"""Findings as JUnit XML, the form that CI services show as tests: a shape is a test case, and a violation fails it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from xml.etree import ElementTree

from kg.graph.shapes.findings import Severity
from kg.graph.shapes.places import Located
from kg.graph.shapes.shape import Shape

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_report(found: Sequence[Located], shapes: Sequence[Shape]) -> str:
    """One suite with a case for each shape; warnings and infos stand in the case's output and do not fail it."""
    by_root = {
        root: list(group)
        for root, group in itertools.groupby(sorted(found, key=lambda one: one.shape.root), key=lambda one: one.shape.root)
    }
    names = sorted({(shape.root, shape.name, shape.label) for shape in shapes})
    suite = ElementTree.Element("testsuite", name="kg validate", tests=str(len(names)), errors="0", skipped="0")
    for root, name, label in names:
        case = ElementTree.SubElement(suite, "testcase", classname=f"shapes.{name}", name=label)
        grave = [located for located in by_root.get(root, []) if located.finding.severity is Severity.violation]
        rest = [located for located in by_root.get(root, []) if located.finding.severity is not Severity.violation]
        if grave:
            failure = ElementTree.SubElement(case, "failure", type="violation", message=_clean(f"{len(grave)}: {grave[0].message}"))
            failure.text = _clean("\n".join(map(_line, grave)))
        if rest:
            ElementTree.SubElement(case, "system-out").text = _clean("\n".join(map(_line, rest)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True)


def _line(located: Located) -> str:
    place = f"{located.place[0]}:{located.place[1]}: " if located.place else ""
    return f"{place}{located.finding.severity.value}: {located.about}. {located.message}"


def _clean(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return _NO_XML.sub("\ufffd", text)
