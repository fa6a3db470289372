"""The explorer: pages for every entity, search, lists and a SPARQL endpoint, served from one build or any endpoint.

Pages are written on the server and can be read without JavaScript. `create_app` makes the application, `serve` runs it.
"""

from kg.web.app import create_app

__all__ = ["create_app"]
