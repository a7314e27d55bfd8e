"""Search in one citizen's chart by words: every row of the chart is looked at, in the order of its key.

No index across citizens helps: what begins with three letters has too many rows in a region, and the
vectors of ten thousand resources of one citizen are read in some tens of milliseconds.
"""

from collections.abc import Sequence

from fellesjournal.record.search.sql import Sql
from fellesjournal.terminology.wording.sought import Group, Sought, Way
from fellesjournal.terminology.wording.written import backwards

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
    code = f"case when w.type = any ({sql.arg(list(series), 'smallint[]')}) then w.codes[1] end"
    columns = f"w.citizen, w.rid, w.type, w.at, {whole} as whole, coalesce({code}, w.rid) as one"
    return (
        f"{_chart(sql, citizen, columns, _meets(sql, wanted))}, {_PLACED}"
        f" select {_COLUMNS}, p.total, p.same, p.whole from placed p"
        " join resource r on r.citizen = p.citizen and r.rid = p.rid"
        f" where p.place <= {sql.arg(most, 'bigint')} order by p.type, p.place"
    )


def extent(sql: Sql, citizen: int) -> str:
    """The statement for how many resources are looked at, and how many hold files that wait to be read."""
    return (
        f"{_chart(sql, citizen, 'w.waiting', 'true')}"
        " select count(*) as resources, count(*) filter (where waiting) as waiting from reached"
    )


def near(sql: Sql, citizen: int, root: str, most: int) -> str:
    """The statement for stems of the chart that may be one letter from another: one of its halves is whole,
    and it is not much shorter.
    """
    half = len(root) // 2
    query = _asked(sql, f"'{root[:half]}':* | '{backwards(root[half:])}':*")
    halves = sql.arg([f"{root[:half]}%", f"%{root[half:]}"], "text[]")
    return (
        f"{_chart(sql, citizen, 'w.words', f'w.words @@ {query}')}"
        " select distinct s.stem from reached cross join lateral unnest(tsvector_to_array(words)) as s (stem)"
        f" where s.stem like any ({halves})"
        f" and length(s.stem) >= {sql.arg(len(root) - 1, 'integer')} limit {sql.arg(most, 'bigint')}"
    )


def _chart(sql: Sql, citizen: int, columns: str, condition: str) -> str:
    """What of a chart meets a condition and is within the scope, as `reached`."""
    whose = sql.bigint(citizen)
    return (
        f"with kept_here as materialized ({sql.kept(whose)}), reached as (select {columns} from index_word w"
        f" where w.citizen = {whose}{sql.readable('w')} and {condition}"
        f"{sql.within_here(whose, 'w')} offset 0)"
    )


def _meets(sql: Sql, wanted: Sought) -> str:
    every = " and ".join(_group(sql, group) for group in wanted.groups) or "false"
    return f"({every} or {_codes(sql, wanted.codes)})" if wanted.codes else f"({every})"


def _group(sql: Sql, group: Group) -> str:
    query = " | ".join(f"({_way(way)})" for way in group.ways)
    words = f"w.words @@ {_asked(sql, query)}" if query else "false"
    return f"({words} or {_codes(sql, group.codes)})" if group.codes else words


def _asked(sql: Sql, query: str) -> str:
    """A query of vectors, read once: as a subquery, where a plan that is kept would read it for each row."""
    return f"(select {sql.arg(query, 'text')}::tsquery)"


def _codes(sql: Sql, codes: Sequence[int]) -> str:
    return f"w.codes && {sql.bigints(codes)}"


def _whole(sql: Sql, group: Group) -> str:
    """The group's own words stand whole."""
    query = " & ".join(_piece(word.whole) for word in group.ways[0]) if group.ways else ""
    return f"w.words @@ {_asked(sql, query)}" if query else "false"


def _way(way: Way) -> str:
    return " & ".join(f"({' | '.join(map(_piece, word.pieces))})" for word in way)


def _piece(piece: str) -> str:
    """A piece of a line (see written) as a query of vectors: a phrase, a word, its beginning or its end."""
    words = piece.split()
    if len(words) > 1:
        return f"({' <-> '.join(map(_quoted, words))})"
    if not piece.startswith(" "):
        return f"{_quoted(backwards(words[0]))}:* | {_quoted(words[0])}"
    return _quoted(words[0]) if piece.endswith(" ") else f"{_quoted(words[0])}:*"


def _quoted(root: str) -> str:
    """A stem is letters or digits alone, so nothing in it needs to be escaped."""
    return f"'{root}'"
