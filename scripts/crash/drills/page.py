"""A page of the SQLite file overwritten with an older version of itself, as a disk that lost a write does.

The books are copied twice, with work between; each page that changed is put back alone. `summa verify` must tell, or
nothing that it answers for may be different: never silently wrong.
"""

import os
import random
import shutil
import sqlite3
import subprocess

from .scene import Scene
from .verdict import Verdict

# Rows that are made again from the log, or whose loss only repeats work that is safe to repeat: keys that no run covers
# are read from their tables at the next start.
DERIVED = {
    "cursor", "expected_movement", "movement_cursor", "payment_event", "payment_view", "provider_attempt", "provider_command",
    "run", "run_range", "sqlite_stat1",
}
# Texts beside the log, which may be erased at any time: that one is gone or back says nothing. No money is in them.
PRIVATE = {"notification", "private_text", "private_text_key"}


def run(summa, rounds, seed):
    """`rounds` of 0 are all pages that changed."""
    verdict = Verdict("page", seed)
    with Scene(summa, seed) as scene:
        older = work(scene, 1)
        newer = work(scene, 2)
        verdict.check(scene, "before any page was put back", is_quiet=True)
        size = int.from_bytes(newer[16:18], "big")
        numbers = [n for n in range(len(older) // size) if page(older, n, size) != page(newer, n, size)]
        verdict.figures["pages that changed"] = len(numbers)
        if not numbers:
            verdict.fail("no page changed")
        if 0 < rounds < len(numbers):
            numbers = sorted(random.Random(seed).sample(numbers, rounds))
        honest = contents(file_of(scene.server.data))
        for number in numbers:
            put_back(scene, number, page(older, number, size), size, honest, verdict)
            verdict.count("rounds")
        verdict.count_record(scene.record)
    return verdict.end()


def file_of(directory):
    return os.path.join(directory, "summa.sqlite")


def page(data, number, size):
    return data[number * size:(number + 1) * size]


def work(scene, part):
    """Some charges, and the bytes of the file after them: all in it, nothing beside it."""
    scene.server.start()
    scene.start_load(count=40, seed=scene.seed * 10 + part)
    scene.await_load()
    scene.await_quiet()
    scene.server.stop()
    connection = sqlite3.connect(file_of(scene.server.data))
    if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] != 0:
        raise RuntimeError("the write-ahead log was not carried over")
    connection.close()
    with open(file_of(scene.server.data), "rb") as file:
        return file.read()


def put_back(scene, number, old, size, honest, verdict):
    copy = os.path.join(scene.scratch, "copy")
    shutil.copytree(scene.server.data, copy)
    with open(file_of(copy), "r+b") as file:
        file.seek(number * size)
        file.write(old)
    told = subprocess.run([scene.server.summa, "verify", "--data", copy], capture_output=True, text=True)
    if told.returncode != 0:
        verdict.count("told by verify")
    else:
        differing = difference(contents(file_of(copy)), honest)
        if differing - DERIVED - PRIVATE:
            verdict.fail(f"page {number + 1}: verify finds nothing wrong, and {sorted(differing)} differ")
        else:
            verdict.count(f"not told: {', '.join(sorted(differing)) or 'nothing differs'}")
    shutil.rmtree(copy)


def contents(path):
    """Every row of every table, and what SQLite says of trees and indexes."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for name in names}
        return {**rows, "integrity": [repr(row) for row in connection.execute("PRAGMA integrity_check")]}
    except sqlite3.DatabaseError as error:
        return {"unreadable": [str(error)]}
    finally:
        connection.close()


def difference(one, other):
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
