"""Nothing is hurt on PostgreSQL; then the books are broken on purpose, one way after the other, and the checker has to name each.

What the checker finds is proved on SQLite in many more ways; here it is proved that it reads PostgreSQL as well.
"""

import os
import tempfile

from check import checked

from .postgres import PostgreSQL, obstacle
from .scene import Scene
from .verdict import Verdict

__all__ = ["obstacle", "run"]
INTENT_COUNT = 60
FIRST_PAYMENT = "(SELECT min(id) FROM payment WHERE book = 1)"
# What is done, how it is undone, and what the checker has to call it.
DAMAGES = [
    ("UPDATE account_balance SET credits_posted = credits_posted + 1 WHERE book = 1 AND account = {account}",
     "UPDATE account_balance SET credits_posted = credits_posted - 1 WHERE book = 1 AND account = {account}", "drifted"),
    ("UPDATE head SET sequence = sequence - 5 WHERE book = 1",
     "UPDATE head SET sequence = sequence + 5 WHERE book = 1", "sequence"),
    ("UPDATE event SET bytes = bytes || '\\x20' WHERE book = 1 AND sequence = 2",
     "UPDATE event SET bytes = substring(bytes FOR length(bytes) - 1) WHERE book = 1 AND sequence = 2", "proof"),
    ("UPDATE payment SET amount_minor = amount_minor + 1 WHERE book = 1 AND id = " + FIRST_PAYMENT,
     "UPDATE payment SET amount_minor = amount_minor - 1 WHERE book = 1 AND id = " + FIRST_PAYMENT, "differs"),
    ("DELETE FROM payment WHERE book = 1 AND id = " + FIRST_PAYMENT, None, "lost"),
]


def run(summa, rounds, seed):
    verdict = Verdict("pgcalm", seed)
    with tempfile.TemporaryDirectory(prefix="summa-crash-") as place:
        os.chmod(place, 0o755)
        with PostgreSQL(os.path.join(place, "server")) as postgres, Scene(summa, seed, postgres=postgres.url) as scene:
            postgres.migrate(summa)
            scene.server.start()
            scene.start_load(count=INTENT_COUNT * rounds)
            scene.await_load()
            scene.finish(verdict, "at the end")
            verdict.count("rounds", rounds)
            for damage in DAMAGES:
                is_named(*damage, scene, postgres, verdict)
    return verdict.end()


def is_named(harm, mend, kind, scene, postgres, verdict):
    account = postgres.ask("SELECT max(account) FROM account_balance WHERE book = 1")
    # As a replica does: no trigger of ours looks on.
    postgres.ask("SET session_replication_role = replica; " + harm.format(account=account))
    if checked(scene.server.data, scene.postgres, scene.record).counts[kind] == 0:
        verdict.fail(f"the checker does not call it {kind}: {harm}")
    verdict.count("damages named")
    if mend:
        postgres.ask("SET session_replication_role = replica; " + mend.format(account=account))
