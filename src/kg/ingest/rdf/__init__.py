"""RDF in any common syntax -> records: every statement ends up under a passage, one for each subject in each named graph.

Foreign terms are translated by alignments (SKOS, OWL, RDFS) and by rules, SPARQL CONSTRUCT queries in files. The guide is
docs/exchange.md.
"""
