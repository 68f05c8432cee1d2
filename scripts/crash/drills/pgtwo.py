"""Two processes of `summa serve` keep the same books in one PostgreSQL, both under load. In turn the one that leads the
book is killed, and stopped under load and woken again when the other leads: then it is a zombie, which believes for a
moment that it still does. The other has to be in charge, and to ask the provider again, within ten seconds; when it has
settled a charge that came after, and shows it in lists, is measured: that is also a matter of how many came before, and
bounded by what a busy machine needs. Before each, the one that does not lead has to tell its callers of the one that does.

The provider is a third process, which goes on, and calls back through a door that leads to one that answers.
"""

import contextlib
import os
import random
import signal
import tempfile
import time

from .door import Door
from .postgres import PostgreSQL, obstacle
from .sandbox import Sandbox
from .scene import Scene
from .server import Server
from .verdict import Verdict

__all__ = ["obstacle", "run"]
TAKEOVER_SECONDS_MAX = 10
GIVE_UP_SECONDS = 30
# Each process looks once a second.
HINT_SECONDS_MAX = 5
IN_CHARGE = "seconds to being in charge"
TO_ASKING = "seconds to asking the provider again"
# The books of a first start are led in the groups of their numbers; charges are in book 1.
LEADER = """
    SELECT process FROM lease
    WHERE group_number = 1 AND expires_at >= (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"""
NEWEST = "SELECT coalesce(max(id), 0) FROM payment WHERE book = 1"
# Only who is in charge asks. The processes and this drill go by one clock.
ASKED = "SELECT count(*) FROM provider_attempt WHERE book = 1 AND started_at > {}"
# The charges since that are settled, and those of them that lists show as such.
SETTLED = "SELECT count(*) FROM payment WHERE book = 1 AND id > {} AND status = 'captured'"
SHOWN = "SELECT count(*) FROM payment_view WHERE book = 1 AND id > {} AND status = 'captured'"


def run(summa, rounds, seed):
    verdict = Verdict("pgtwo", seed)
    moments = random.Random(seed)
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(tempfile.TemporaryDirectory(prefix="summa-crash-"))
        os.chmod(place, 0o755)
        postgres = stack.enter_context(PostgreSQL(os.path.join(place, "server")))
        scene = stack.enter_context(Scene(summa, seed, postgres=postgres.url))
        postgres.migrate(summa)
        pair = Pair(scene, postgres, stack)
        # Who is not answered soon asks the other: otherwise no charge would come to it for as long as callers wait.
        scene.start_load(connections=6, urls=[server.url for server in pair.servers], answer_seconds=2)
        for number in range(rounds):
            time.sleep(moments.uniform(0.5, 2))
            hurt = (kill, stop)[number % 2]
            pair.check_hint(verdict, f"round {number + 1}")
            hurt(pair, moments, verdict, f"round {number + 1}")
            verdict.count("rounds")
            verdict.check(scene, f"after round {number + 1}")
        other = pair.servers[1]
        if other.stop() != 0:
            verdict.fail(f"at the end: the other did not stop well: {other.text()}")
        scene.finish(verdict, "at the end")
    return verdict.end()


class Pair:
    """The two processes, and which of them the database says is in charge of the book."""

    def __init__(self, scene, postgres, stack):
        self.postgres = postgres
        self.by_process = {}
        first = scene.server
        first.start()
        self.door = Door(first.port)
        stack.callback(self.door.close)
        stack.callback(Sandbox(first, self.door.address).close)
        second = Server(first.summa, first.data, first.store)
        second.key, second.said = first.key, first.said + "-by-the-other"
        stack.callback(second.clear_away)
        self.servers = [first, second]
        for server in self.servers:
            server.options.append("--no-sandbox")
            self.start(server)

    def start(self, server):
        """Starts one, and waits until it is counted among those that share the work."""
        known = set(self.living())
        server.start()
        self.by_process[self.await_one(lambda: next(iter(set(self.living()) - known), None))] = server

    def living(self):
        answer = self.postgres.ask("SELECT id FROM process")
        return answer.split() if answer else []

    def leader(self):
        """The process in charge, and the other."""
        leading = self.await_one(lambda: self.by_process.get(self.postgres.ask(LEADER)))
        return leading, next(server for server in self.servers if server is not leading)

    def check_hint(self, verdict, moment):
        """The one that does not lead tells where the one that does is reached, and that one tells of nobody."""
        leading, other = self.leader()
        deadline = time.monotonic() + HINT_SECONDS_MAX
        while (hints := (leading.preferred(), other.preferred())) != (None, leading.url):
            if time.monotonic() > deadline:
                return verdict.fail(f"{moment}: led by {leading.url}, told were {hints}")
            time.sleep(0.1)
        verdict.count("hints")

    def await_one(self, find):
        deadline = time.monotonic() + GIVE_UP_SECONDS
        while (found := find()) is None:
            if time.monotonic() > deadline:
                raise RuntimeError("no process takes charge of the book")
            time.sleep(0.05)
        return found

    def await_takeover(self, other, since, verdict, moment):
        """Until the other is in charge of the book, until it asks the provider, until a charge that came after the hurt is
        settled, and until the view for lists shows it: how long each took from the hurt on.
        """
        newest, hurt_at = self.postgres.ask(NEWEST), int(time.time() * 1_000_000)
        steps = [
            (IN_CHARGE, lambda: self.by_process.get(self.postgres.ask(LEADER)) is other),
            (TO_ASKING, lambda: self.count(ASKED, hurt_at) > 0),
            ("seconds to the next settled charge", lambda: self.count(SETTLED, newest) > 0),
            ("seconds to the view of it", lambda: self.count(SHOWN, newest) > 0),
        ]
        for name, is_done in steps:
            while not is_done():
                if time.monotonic() - since > GIVE_UP_SECONDS:
                    return verdict.fail(f"{moment}: after {GIVE_UP_SECONDS} s there were no {name}")
                time.sleep(0.05)
            seconds = time.monotonic() - since
            verdict.took(name, seconds)
            if name in (IN_CHARGE, TO_ASKING) and seconds > TAKEOVER_SECONDS_MAX:
                verdict.fail(f"{moment}: {seconds:.1f} {name}")

    def count(self, query, since):
        return int(self.postgres.ask(query.format(since)) or 0)


def kill(pair, moments, verdict, moment):
    leading, other = pair.leader()
    pair.door.turn_to(other.port)
    since = time.monotonic()
    leading.kill()
    pair.await_takeover(other, since, verdict, moment)
    verdict.count("killed")
    time.sleep(moments.uniform(0, 1))
    pair.start(leading)


def stop(pair, moments, verdict, moment):
    leading, other = pair.leader()
    pair.door.turn_to(other.port)
    since = time.monotonic()
    os.kill(leading.process.pid, signal.SIGSTOP)
    pair.await_takeover(other, since, verdict, moment)
    verdict.count("stopped and woken")
    time.sleep(moments.uniform(0, 2))
    os.kill(leading.process.pid, signal.SIGCONT)
    # The zombie works on, and finds out.
    time.sleep(moments.uniform(0.5, 2))
    if not leading.is_running:
        verdict.fail(f"{moment}: the one that was woken ended: {leading.text()}")
        pair.start(leading)
