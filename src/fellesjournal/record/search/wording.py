"""Search in one citizen's chart by words: every text of the chart is looked at, newest found first of equal
ones.

The chart's lines (terminology/wording/written.py) are read in the order of the citizen's rows and compared
with pieces of lines. No index across citizens helps: what begins with three letters has too many rows in a
region, and ten thousand rows of one citizen are read in some tens of milliseconds.
"""

from collections.abc import Sequence

from fellesjournal.record.search.sql import Sql
from fellesjournal.terminology.wording.sought import Group, Sought, Word

_COLUMNS = "r.citizen, r.rid, r.key, r.type, r.version, r.updated, r.id, r.body"


_PLACED = """
newest as (
    select s.*, count(*) over (partition by s.type, s.one) as same,
        row_number() over (partition by s.type, s.one order by s.at desc, s.rid desc) as nth
    from reached s
), placed as (
    select n.*, count(*) over (partition by n.type) as total,
        row_number() over (partition by n.type order by n.whole desc, n.at desc, n.rid desc) as place
    from newest n where n.nth = 1
)"""


def hits(sql: Sql, citizen: int, wanted: Sought, series: Sequence[int], most: int) -> str:
    """The statement for the best `most` of each type, with how many there are of it (`total`).

    Of the types `series` only the newest with the same first code counts; `same` says how many there are.
    """
    whole = " + ".join(f"({_whole(sql, group)})::int" for group in wanted.groups) or "0"
    code = f"case when m.type = any ({sql.arg(list(series), 'smallint[]')}) then m.code end"
    return (
        f"with met as (select w.citizen, w.rid, w.type, w.at, w.codes[1] as code, {whole} as whole"
        f" from index_word w where w.citizen = {sql.bigint(citizen)}{sql.readable('w')}"
        f" and {_meets(sql, wanted)} offset 0),"
        f" reached as (select m.*, coalesce({code}, m.rid) as one from met m"
        f" where true{sql.within('m')} offset 0), {_PLACED}"
        f" select {_COLUMNS}, p.total, p.same, p.whole from placed p"
        " join resource r on r.citizen = p.citizen and r.rid = p.rid"
        f" where p.place <= {sql.arg(most, 'bigint')} order by p.type, p.place"
    )


def extent(sql: Sql, citizen: int) -> str:
    """The statement for how many resources are looked at, and how many of them hold files that wait to be
    read.
    """
    return (
        "select count(*) as resources, count(*) filter (where w.waiting) as waiting from index_word w"
        f" where w.citizen = {sql.bigint(citizen)}{sql.readable('w')}{sql.within('w')}"
    )


def near(sql: Sql, citizen: int, halves: Sequence[str], length: int, most: int) -> str:
    """The statement for stems of the chart that have one of two halves, and a length that differs by one at
    most: what is one letter from a word has one of its halves whole.
    """
    patterns = sql.arg([f"%{half}%" for half in halves], "text[]")
    return (
        "select distinct s.stem from index_word w"
        " cross join lateral string_to_table(w.words, ' ') as s (stem)"
        f" where w.citizen = {sql.bigint(citizen)}{sql.readable('w')}{sql.within('w')}"
        f" and w.words like any ({patterns}) and s.stem like any ({patterns})"
        f" and length(s.stem) >= {sql.arg(length - 1, 'integer')} limit {sql.arg(most, 'bigint')}"
    )


def _meets(sql: Sql, wanted: Sought) -> str:
    every = " and ".join(_group(sql, group) for group in wanted.groups) or "false"
    return f"({every} or {_codes(sql, wanted.codes)})" if wanted.codes else f"({every})"


def _group(sql: Sql, group: Group) -> str:
    ways = [_codes(sql, group.codes)] if group.codes else []
    simple = [piece for way in group.ways if len(way) == 1 for piece in way[0].pieces]
    if simple:
        ways.append(_word(sql, simple))
    for way in group.ways:
        if len(way) > 1:
            ways.append(" and ".join(_word(sql, word.pieces) for word in way))
    return "(" + " or ".join(f"({way})" for way in ways) + ")"


def _word(sql: Sql, pieces: Sequence[str]) -> str:
    return f"w.words like any ({sql.arg([f'%{piece}%' for piece in _shortest(pieces)], 'text[]')})"


def _shortest(pieces: Sequence[str]) -> list[str]:
    """The pieces without those that hold another: they are met when that is."""
    distinct = list(dict.fromkeys(pieces))
    return [one for one in distinct if not any(other in one for other in distinct if other != one)]


def _codes(sql: Sql, codes: Sequence[int]) -> str:
    return f"w.codes && {sql.bigints(codes)}"


def _whole(sql: Sql, group: Group) -> str:
    """The group's own words stand whole."""
    words: tuple[Word, ...] = group.ways[0] if group.ways else ()
    return " and ".join(f"w.words like {sql.arg(f'%{word.whole}%', 'text')}" for word in words) or "false"
