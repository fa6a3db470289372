"""FollowTheMoney (followthemoney.tech) -> records: entities and deltas, by the mapping in mapping.yaml."""
