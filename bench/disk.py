"""Bench `disk`: bytes on disk per resource, table by table."""

from typing import Any

import asyncpg

from bench.report import show
from bench.server import Server

SIZES = """
select relname,
       pg_table_size(oid) as content,
       pg_indexes_size(oid) as indexes,
       greatest(reltuples, 0)::bigint as rows
from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace
order by pg_total_relation_size(oid) desc
"""


async def bench_disk(server: Server) -> dict[str, Any]:
    """Sizes after VACUUM ANALYZE of the record that `server` holds."""
    connection = await asyncpg.connect(server.database_url)
    try:
        await connection.execute("vacuum analyze")
        resources = await connection.fetchval("select count(*) from resource")
        rows = await connection.fetch(SIZES)
        bodies = await connection.fetchval("select sum(octet_length(body)) from resource")
    finally:
        await connection.close()
    each = [
        (row["relname"], row["rows"], row["content"] / resources, row["indexes"] / resources)
        for row in rows
        if row["content"] + row["indexes"] > resources
    ]
    whole = sum(row["content"] + row["indexes"] for row in rows) / resources
    each_body = bodies / resources
    show(
        f"disk: {whole:,.0f} bytes per resource ({resources:,} resources of {each_body:,.0f} bytes of JSON)",
        ("table", "rows", "content bytes/resource", "index bytes/resource"),
        each,
    )
    return {"bytes_per_resource": whole, "json_per_resource": float(bodies / resources), "tables": each}
