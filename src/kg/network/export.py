"""Networks as files for Gephi, yEd, spreadsheets and programs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx

from kg.errors import KgError

SUFFIXES = (".graphml", ".gexf", ".csv", ".json")


def write_network(network: networkx.Graph[str], path: Path) -> None:
    """Write `network` in the format that the suffix of `path` names: .graphml, .gexf, .csv (one row per edge) or .json (node-link).

    Lists become texts joined by "; " where the format has none. Raises KgError for another suffix or an unwritable path.
    """
    try:
        match path.suffix:
            case ".graphml":
                networkx.write_graphml(_flat(network), path)
            case ".gexf":
                networkx.write_gexf(_flat(network), path)
            case ".csv":
                _write_csv(network, path)
            case ".json":
                data = networkx.node_link_data(network, edges="edges")
                path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            case _:
                raise KgError(f"{path}: give the file one of the endings {', '.join(SUFFIXES)}")
    except OSError as error:
        raise KgError(f"{path} cannot be written: {error.strerror}") from None


def _flat(network: networkx.Graph[str]) -> networkx.Graph[str]:
    flat: networkx.Graph[str] = networkx.Graph(**network.graph)
    flat.add_nodes_from(network.nodes(data=True))
    for one, other, data in network.edges(data=True):
        flat.add_edge(one, other, **{key: "; ".join(value) if isinstance(value, list) else value for key, value in data.items()})
    return flat


def _write_csv(network: networkx.Graph[str], path: Path) -> None:
    fields = ["roles", "weight", "publishers", "vouched", "modalities", "first", "last", "passages", "events"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["source", "source label", "target", "target label", *fields])
        for one, other, data in network.edges(data=True):
            values = ["; ".join(data[name]) if isinstance(data[name], list) else data[name] for name in fields]
            writer.writerow([one, network.nodes[one]["label"], other, network.nodes[other]["label"], *values])
