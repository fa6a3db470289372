"""Officials who took part in an event: in which role somebody with a post does, and which of those a sentence names did."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.persons import Person, PersonMention
from kg.extract.role_mentions import RoleMention
from kg.extract.tokens import Stretch

IN_COURT = {
    "hearing",
    "sentence",
    "sentence-request",
    "custody-ruling",
    "appeal-ruling",
    "release-ruling",
    "administrative-penalty",
}
_DECIDED = IN_COURT - {"sentence-request"}
_PROSECUTING = ("prosecutor", IN_COURT | {"appeal"})
_INVESTIGATING = ("investigator", {"search", "detention", "charge-brought", "custody-ruling", "ill-treatment"})
_SEIZING = ("officer", {"search", "detention", "ill-treatment"})
OFFICIAL_ROLES = {
    "judge": ("judge", _DECIDED),
    "presiding-judge": ("presiding-judge", _DECIDED),
    "court-chair": ("judge", _DECIDED),
    **dict.fromkeys(("prosecutor", "head-prosecutor", "deputy-prosecutor"), _PROSECUTING),
    **dict.fromkeys(("investigator", "senior-investigator"), _INVESTIGATING),
    **dict.fromkeys(("security-officer", "police-officer"), _SEIZING),
    "prison-officer": ("officer", {"ill-treatment", "transfer"}),
    "prison-head": ("officer", {"ill-treatment"}),
}
"""The role in an event of somebody who holds a post, and the kinds of event in which the post plays it."""


def officials_in(
    sentence: Stretch,
    kind: str,
    mentions: list[PersonMention],
    roles: list[RoleMention],
    officials: set[Person],
    elsewhere: Sequence[Stretch] = (),
) -> dict[str, list[Person]]:
    """The officials whom the sentence names by their post, in the role that the post has in such an event.

    `elsewhere`: clauses about other kinds of event, whose officials are theirs.
    """
    found: dict[str, list[Person]] = {}
    for role in roles:
        if role.role in OFFICIAL_ROLES and role.person in officials and sentence.holds(role.mention.stretch):
            if any(part.holds(role.mention.stretch) for part in elsewhere):
                continue
            as_role, kinds = OFFICIAL_ROLES["presiding-judge" if role.presides else role.role]
            if kind in kinds and role.person not in found.setdefault(as_role, []):
                found[as_role].append(role.person)
    for mention in mentions:  # named again without the title
        if any(part.holds(mention.stretch) for part in elsewhere):
            continue
        if mention.person in officials and not any(mention.person in people for people in found.values()):
            posts = [role.role for role in roles if role.person == mention.person and role.official]
            if posts and posts[0] in OFFICIAL_ROLES:
                as_role, kinds = OFFICIAL_ROLES[posts[0]]
                if kind in kinds:
                    found.setdefault(as_role, []).append(mention.person)
    presiding = found.get("presiding-judge", [])
    if "judge" in found:
        found["judge"] = [person for person in found["judge"] if person not in presiding]
    return {role: people for role, people in found.items() if people}
