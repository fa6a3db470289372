"""Scores pairs of names with nomenklatura's logic-v2; run by an interpreter that has nomenklatura. JSON in, JSON out."""

import json
import sys
import time

from followthemoney.proxy import EntityProxy
from nomenklatura.matching.logic_v2.model import LogicV2


def _person(number: str, name: str) -> EntityProxy:
    return EntityProxy.from_dict({"id": number, "schema": "Person", "properties": {"name": [name]}})


def main() -> None:
    # nomenklatura remembers entities by their id: each pair needs ids of its own, or all get the score of the first
    pairs = [(_person(f"a{at}", one), _person(f"b{at}", other)) for at, (one, other) in enumerate(json.load(sys.stdin))]
    config = LogicV2.default_config()
    LogicV2.compare(_person("c", "Ivan"), _person("d", "Petro"), config)  # reads its tables, which is not part of the speed
    start = time.process_time()
    scores = [LogicV2.compare(one, other, config).score for one, other in pairs]
    json.dump({"scores": scores, "seconds": time.process_time() - start}, sys.stdout)


main()
