"""Write a journal of today's version on PostgreSQL as a script of SQL, for the test of migrations.

Run it once when a version is released: `python tests/journal/versions/write_postgres.py URL`, with
the URL of any server. Files of earlier versions are never written again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from write import write

from a2e_sdk._journal.postgres_schema import MIGRATIONS, VERSION

sys.path.insert(0, str(Path(__file__).parents[2]))

from postgres_server import connected, with_schema

#: In the order in which they refer to each other.
TABLES = ("facts", "entries", "tasks", "spending", "uploads", "commits")


def lines(connection: Any) -> Iterator[str]:
    """Yield the statements that make a journal with what it has."""
    for migration in MIGRATIONS:
        for statement in migration:
            yield " ".join(statement.split()) + ";"
    for table in TABLES:
        for (row,) in connection.execute(
            f"SELECT 'INSERT INTO {table} VALUES (' || string_agg(quote_nullable(value), ', ' "
            f"ORDER BY place) || ');' FROM (SELECT row_number() OVER () AS number, row_to_json(one) "
            f"AS record FROM {table} AS one) AS numbered, json_each_text(record) WITH ORDINALITY "
            "AS parts (name, value, place) GROUP BY number ORDER BY number"
        ):
            yield row
    yield "SELECT setval(pg_get_serial_sequence('entries', 'id'), (SELECT max(id) FROM entries));"
    yield "SELECT setval('owners', 100);"


def main(url: str) -> None:
    """Write the script beside this file."""
    journal = with_schema(url)
    write(journal)  # type: ignore[arg-type]
    with connected(journal) as connection:
        target = Path(__file__).with_name(f"postgres_v{VERSION}.sql")
        target.write_text("\n".join(lines(connection)) + "\n")
        connection.execute(f"DROP SCHEMA {journal.partition('schema=')[2]} CASCADE")
    sys.stdout.write(f"{target.name}\n")


if __name__ == "__main__":
    main(sys.argv[1])
