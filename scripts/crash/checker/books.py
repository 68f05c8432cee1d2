"""The database, as rows: of a data directory (SQLite) or of a PostgreSQL server.

Both are read as of one moment, beside whatever writes them. SQLite is opened read-only; PostgreSQL is read through
`psql` and COPY, so that nothing but Debian's client is needed. Every column says of what kind it is, since COPY sends
texts only.
"""

import os
import sqlite3
import subprocess


class CannotRead(Exception):
    """The database could not be read at all: that is no verdict about it."""


class SQLiteBooks:
    """The file of a data directory, at one moment of it."""

    def __init__(self, path):
        if not os.path.exists(path):
            raise CannotRead(f"there is no {path}")
        self.connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.connection.execute("BEGIN")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Lets the file go: a moment that is still being read keeps the write-ahead log from being carried over."""
        self.connection.close()

    def rows(self, table, columns, order):
        """Rows of a table as tuples. `columns` maps names to kinds: int, str or bytes."""
        text = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"
        try:
            yield from self.connection.execute(text)
        except sqlite3.DatabaseError as error:
            raise CannotRead(f"{table}: {error}") from error

    def damage(self):
        """What SQLite itself finds wrong with its file: trees, and indexes that do not agree with their tables."""
        try:
            found = [row[0] for row in self.connection.execute("PRAGMA integrity_check")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [] if found == ["ok"] else found


class PostgreSQLBooks:
    """A database on a server, named by a connection string, at one moment of it: one session, one transaction."""

    END = b"-- end of rows --\n"

    def __init__(self, url):
        self.session = subprocess.Popen(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session.kill()
        self.session.communicate()

    def send(self, text):
        try:
            self.session.stdin.write(text.encode())
            self.session.stdin.flush()
        except OSError as error:
            raise CannotRead(self.complaint()) from error

    def complaint(self):
        return self.session.stderr.read().decode().strip()

    def rows(self, table, columns, order):
        kinds = list(columns.values())
        query = f"COPY (SELECT {', '.join(columns)} FROM {table} ORDER BY {order}) TO STDOUT;"
        self.send(f"{query}\n\\echo {self.END.decode()}")
        for line in iter(self.session.stdout.readline, self.END):
            if not line:
                raise CannotRead(f"{table}: {self.complaint()}")
            yield tuple(copied(field, kind) for field, kind in zip(line.rstrip(b"\n").split(b"\t"), kinds))

    def damage(self):
        """PostgreSQL's own pages are its own affair; what they say is read above."""
        return []


def opened(data, postgres=None):
    """The books of a data directory, wherever it keeps them."""
    return PostgreSQLBooks(postgres) if postgres else SQLiteBooks(os.path.join(data, "summa.sqlite"))


ESCAPES = {ord("b"): 8, ord("f"): 12, ord("n"): 10, ord("r"): 13, ord("t"): 9, ord("v"): 11}


def copied(field, kind):
    """One value in the text form of COPY, whose escapes are one backslash and one letter here."""
    if field == b"\\N":
        return None
    if b"\\" in field:
        plain, position = bytearray(), 0
        while position < len(field):
            byte = field[position]
            if byte == 0x5C:
                position += 1
                byte = ESCAPES.get(field[position], field[position])
            plain.append(byte)
            position += 1
        field = bytes(plain)
    if kind is int:
        return int(field)
    if kind is bytes:
        return bytes.fromhex(field[2:].decode())
    return field.decode()
