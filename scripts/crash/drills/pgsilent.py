"""The connection to PostgreSQL lost without a word, as by a firewall that has forgotten it: packets of either side are
swallowed, and nobody is told that it is closed. In turn PostgreSQL has got half a batch, or all of it but the COMMIT, or has
done the COMMIT and nobody hears of it; and in turn all connections of the process are lost at once.

Only time-outs end that: the product's, which finds out that nobody is there, and PostgreSQL's, which lets go of the book's
head. Within a bound the log has to grow again, whatever became of the batch has to be found out, and everybody answered.
"""

import os
import random
import tempfile
import time

from .postgres import PostgreSQL, obstacle
from .proxy import SilentProxy
from .scene import Scene
from .server import free_port
from .verdict import Verdict

__all__ = ["obstacle", "run"]
MOMENTS = ("within", "before", "after", "everywhere")
# Either side gives a connection up 15 s after what it sent was not acknowledged, and one that nobody uses after 15 to 17 s.
# So one that is first used shortly before that is given up 30 s after it was lost. The rest is for doing the batch again.
SILENCE_SECONDS_MAX = 35
SILENCE = "seconds without a commit"
# Charges and postings are in book 1.
CHARGED = "SELECT count(*) FROM payment WHERE book = 1"
GROWN = "SELECT sequence FROM head WHERE book = 1"


def run(summa, rounds, seed):
    verdict = Verdict("pgsilent", seed)
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="summa-crash-") as place:
        os.chmod(place, 0o755)
        with PostgreSQL(os.path.join(place, "server"), free_port()) as postgres, \
                Scene(summa, seed, postgres=postgres.url) as scene:
            proxy = SilentProxy(postgres.port)
            scene.server.store = ["--store", f"postgres://postgres@127.0.0.1:{proxy.port}/postgres"]
            postgres.migrate(summa)
            scene.server.start()
            scene.start_load()
            await_charges(postgres)
            for number in range(rounds):
                time.sleep(moments.uniform(0.2, 1))
                moment = MOMENTS[number % len(MOMENTS)]
                if proxy.cut(moment, verdict):
                    verdict.count(f"cut {moment}")
                    await_growth(postgres, verdict, f"round {number + 1}, cut {moment}")
                if not scene.server.is_running:
                    verdict.fail(f"round {number + 1}: it ended, exit {scene.server.process.returncode}: {scene.server.text()}")
                    scene.server.start()
                if number % 10 == 9:
                    verdict.check(scene, f"after cut {number + 1}")
            scene.finish(verdict, "at the end")
            proxy.close()
    return verdict.end()


def await_charges(postgres):
    """Until the client is done with opening accounts: a batch that is cut is to move money."""
    while postgres.ask(CHARGED) in (None, "0"):
        time.sleep(0.05)


def await_growth(postgres, verdict, moment):
    """Until something is committed that came after the cut; the COMMIT that nobody hears of is under way for a moment."""
    began = time.monotonic()
    time.sleep(0.2)
    known = postgres.ask(GROWN)
    while postgres.ask(GROWN) == known:
        if time.monotonic() > began + SILENCE_SECONDS_MAX:
            return verdict.fail(f"{moment}: nothing was committed for {SILENCE_SECONDS_MAX} s")
        time.sleep(0.05)
    return verdict.took(SILENCE, time.monotonic() - began)
