"""What each column is for, by the words of its header and by what its cells hold, with the reason and what is doubtful about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.ingest.guess.columns import Column, TableColumns
from kg.ingest.guess.words import event_kinds, meanings, notions_of, plain_words

MOST = 0.8
"""Share of a column's cells from which on it is taken to be of a kind."""
HALF = 0.5
FEW = 0.2
NEW_YEAR = 0.05
"""Share of dates on 1 January from which on they are suspected to be years: by chance it would be one in 365."""

_OFFICIALS = ("judge", "prosecutor", "investigator", "lawyer")
_PLAIN = ("other-names", "age", "sex", "occupation", "group", "role", "case", "article", "note")


@dataclass
class Purpose:
    """What a column was taken for: `use` ("name", "born", "date", "judge" ... or "" for nothing), the event it belongs to, why."""

    column: Column
    use: str
    why: str
    event: str | None = None
    doubts: list[str] = field(default_factory=list)

    @property
    def header(self) -> str:
        """The header of the column."""
        return self.column.header


def purposes(table: TableColumns) -> list[Purpose]:
    """A purpose for every column of the table, in their order."""
    found = [_purpose(column) for column in table.columns]
    _one_name(found)
    _one_of_each(found)
    if not any(one.use == "id" for one in found):
        for one in found:
            if (
                one.column.unique
                and not one.use
                and not set("{}") & set(one.header)
                and one.column.share("long") == 0
                and one.column.said == one.column.rows
            ):
                one.use, one.why = "id", f"every row has a value of its own ({one.column.rows:,})"
                break
    return found


def _purpose(column: Column) -> Purpose:
    notions = notions_of(column.header)
    said = "the header says " + ", ".join(f"'{word}'" for word in plain_words(column.header) if meanings(word))
    if set("{}") & set(column.header):
        return Purpose(column, "", "a mapping cannot name it: its header has braces in it")
    if column.said == 0:
        return Purpose(column, "", "all its cells are empty")
    if column.share("url") > MOST:
        return Purpose(column, "note", f"{column.share('url'):.0%} of its cells are addresses", doubts=["kept as a note"])
    if column.share("q-number") > MOST:
        doubt = "a Wikidata number says who somebody is: keep it only if the table's maker checked it"
        return Purpose(column, "wikidata", f"{column.share('q-number'):.0%} of its cells are Wikidata numbers", doubts=[doubt])
    if "id" in notions and not notions & {"place", "birth", "coordinate", "name"}:
        if column.empty or column.unknown:
            return Purpose(column, "", f"{said}, but {column.empty + column.unknown.total():,} rows have none")
        return Purpose(column, "id", f"{said}; {_unique(column)}")
    dated = _date(column, notions, said)
    return dated or _described(column, notions, said) or Purpose(column, "", "no field of a record is known for it")


def _unique(column: Column) -> str:
    if column.unique:
        return f"all {column.rows:,} values are different"
    return f"{column.different:,} values in {column.rows:,} rows"


def _date(column: Column, notions: set[str], said: str) -> Purpose | None:
    event = next((kind for kind in event_kinds() if kind in notions), None)
    as_date, as_year = column.share("date") + column.share("unreadable date"), column.share("year")
    enough = as_date > HALF or as_year > MOST or ({"date", "year"} & notions and as_date + as_year > FEW)
    if not enough or column.share("date") + as_year < FEW or {"place", "age"} & notions:
        return None
    why = f"{said}; {column.kinds['date'] + column.kinds['year']:,} of {column.said:,} cells are dates"
    if not notions:
        why = why.partition("; ")[2]
    if "birth" in notions:
        made = Purpose(column, "born", why)
    elif event:
        made = Purpose(column, "date", why, event)
        others = [kind for kind in event_kinds() if kind in notions and kind != event]
        made.doubts += [f"it may also be the date of: {', '.join(others)}"] if others else []
        unread = [word for word in plain_words(column.header) if len(word) > 4 and not meanings(word)]
        made.doubts += [f"the header also says {', '.join(map(repr, unread))}"] if unread else []
    elif as_year > MOST and "date" not in notions:
        return Purpose(column, "", f"{why}, but of what is not said")
    else:
        made = Purpose(column, "date", why, "other", ["of what is not said: give the event its kind"])
    if column.share("new year") > NEW_YEAR:
        made.doubts.append(f"{column.share('new year'):.0%} are 1 January: perhaps only the year is known")
    return made


def _described(column: Column, notions: set[str], said: str) -> Purpose | None:
    event = next((kind for kind in event_kinds() if kind in notions), None)
    if "place" in notions and event and "birth" not in notions:
        return Purpose(column, "text", said, event, ["a place as text: places of the project are keys of data/places.yaml"])
    if notions & {"place", "coordinate", "birth", "citizenship"}:
        return Purpose(column, "", f"{said}: a record has no field for that")
    for use in _PLAIN:
        if use in notions and not (use in ("role", "article") and notions & set(_OFFICIALS)):
            return _plain(column, use, said)
    for use in ("court", "prison"):
        if use in notions and column.share("number") < HALF:
            return Purpose(column, use, said, None, ["cells that are spelt differently become different bodies"])
    if "term" in notions and column.share("number") > HALF:
        return Purpose(column, "years", f"{said}; {column.share('number'):.0%} are numbers", "sentence", ["taken to be years"])
    for use in _OFFICIALS:
        if use in notions:
            return Purpose(column, use, said, None, ["each row has its own, also where names are spelt alike"])
    return _name(column, notions, said)


def _plain(column: Column, use: str, said: str) -> Purpose:
    doubts = []
    if use == "age" and column.share("number") < MOST:
        doubts.append("the first number of the cell is taken")
    if use == "article":
        doubts.append("each value was read by the grammar of kg extract: check the list; kept where the row tells the event")
    if use == "role":
        doubts.append("each value was looked up in a list of posts: check it")
    return Purpose(column, use, said, None, doubts)


def _name(column: Column, notions: set[str], said: str) -> Purpose | None:
    likely = f"; {column.share('name'):.0%} of its cells look like names"
    if notions & {"mother", "father", "married"}:
        return Purpose(column, "", f"{said}: part of a name that is given elsewhere, or somebody else's")
    if "denomination" in notions:
        return Purpose(column, "denomination", said)
    if {"given", "surname"} <= notions or "full" in notions:
        return Purpose(column, "name", f"{said}, the whole name{likely}")
    for use in ("given", "patronymic", "surname", "name"):
        if use in notions:
            return Purpose(column, use, f"{said}{likely}")
    if "status" in notions:
        return Purpose(column, "status", said, None, ["kept as the source's own word for the person (described-as)"])
    if not notions and column.share("name") > MOST and column.different > HALF * column.rows:
        doubt = "the header does not say so"
        return Purpose(
            column, "name", f"{column.share('name'):.0%} of its cells look like names, most of them different", None, [doubt]
        )
    return None


def _one_name(found: list[Purpose]) -> None:
    """One whole name is enough: its parts are not used beside it."""
    whole = [one for one in found if one.use == "name"]
    parts = [one for one in found if one.use in ("given", "patronymic", "surname")]
    if whole:
        best = max(whole, key=lambda one: one.column.said)
        for one in [*whole, *parts]:
            if one is not best:
                one.use, one.why = "", f"{one.why}; the whole name is taken from '{best.header}'"
    elif len(parts) == 1:
        parts[0].use = "name"
        parts[0].doubts.append("only part of a name")


def _one_of_each(found: list[Purpose]) -> None:
    """A record has one field of each kind: the first column wins."""
    seen: dict[tuple[str, str | None], Purpose] = {}
    for one in found:
        place = (one.use, one.event)
        if one.use and one.use != "other-names" and place in seen:
            one.use, one.why = "", f"{one.why}; but '{seen[place].header}' is taken for that already"
        else:
            seen[place] = one
