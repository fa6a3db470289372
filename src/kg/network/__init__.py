"""From the graph to networks: projections with their evidence, measures, and files for other tools."""

from kg.network.export import write_network
from kg.network.links import Link, Links, read_links
from kg.network.measures import MEASURES, communities, measures
from kg.network.paths import shortest_paths
from kg.network.projections import PROJECTIONS, project, projection

__all__ = [
    "MEASURES",
    "PROJECTIONS",
    "Link",
    "Links",
    "communities",
    "measures",
    "project",
    "projection",
    "read_links",
    "shortest_paths",
    "write_network",
]
