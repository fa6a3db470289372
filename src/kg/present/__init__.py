"""From the graph to what people look at: the link map as a model, as a pyvis network and as one offline page."""

from kg.present.link_map import Edge, LinkMap, Node, build_link_map
from kg.present.page import page, write_page
from kg.present.pyvis_network import to_pyvis

__all__ = ["Edge", "LinkMap", "Node", "build_link_map", "page", "to_pyvis", "write_page"]
