"""Books in a scratch directory, a server on them, and a client that charges them: what every drill begins with."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from checker.books import CannotRead, SQLiteBooks, opened
from load import ANSWER_SECONDS

from .server import Server

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
QUIET_SECONDS_MAX = 90
UNFINISHED_PAYMENT = ("accepted", "authorizing")
UNFINISHED_OPERATION = ("requested", "submitted", "in_doubt")


class Scene:
    """Used in a `with`: whatever was started is ended, and the directory removed, however the drill went."""

    def __init__(self, summa, seed, data=None, postgres=None):
        self.scratch = tempfile.mkdtemp(prefix="summa-crash-")
        self.seed = seed
        self.postgres = postgres
        store = ["--store", postgres] if postgres else []
        self.server = Server(summa, data or os.path.join(self.scratch, "books"), store)
        self.server.said = os.path.join(self.scratch, "said")
        self.record = os.path.join(self.scratch, "record.jsonl")
        self.load = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in filter(None, [self.load]):
            process.kill()
            process.wait()
        self.server.clear_away()
        shutil.rmtree(self.scratch, ignore_errors=True)

    @property
    def record_if_any(self):
        return self.record if os.path.exists(self.record) else None

    def start_load(
            self, connections=4, count=-1, pause_seconds=0.0, hold_seconds=86_400, seed=None, urls=None,
            answer_seconds=ANSWER_SECONDS):
        """`urls` are those of all processes that serve the books, where there is not only the scene's own."""
        self.load = subprocess.Popen(
            [sys.executable, "-B", os.path.join(HERE, "load.py"), "--url", *(urls or [self.server.url]), "--record", self.record,
             "--connections", str(connections), "--seed", str(seed or self.seed), "--count", str(count),
             "--pause-seconds", str(pause_seconds), "--hold-seconds", str(hold_seconds),
             "--answer-seconds", str(answer_seconds)],
            env={**os.environ, "SUMMA_KEY": self.server.key})

    @contextlib.contextmanager
    def load_paused(self):
        """While the books are judged: what the client has asked for is written down then, and nothing new is asked."""
        is_loading = self.load is not None and self.load.poll() is None
        if is_loading:
            self.load.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            if is_loading:
                self.load.send_signal(signal.SIGCONT)

    def end_load(self):
        """Lets the client ask for what it has no answer to. Answers whether it got all of them."""
        self.load.send_signal(signal.SIGTERM)
        return self.await_load()

    def await_load(self):
        """For a client with a fixed number of intents."""
        status = self.load.wait(timeout=180)
        self.load = None
        return status == 0

    def await_quiet(self):
        """Until no payment, no operation and no callback is on its way. Answers whether it came to that.

        A payment whose provider was being asked when the server was killed waits for the lease of that attempt, a minute.
        """
        deadline = time.monotonic() + QUIET_SECONDS_MAX
        while time.monotonic() < deadline:
            if self.unfinished() == 0:
                return True
            time.sleep(0.2)
        return False

    def unfinished(self):
        try:
            with opened(self.server.data, self.postgres) as books:
                payments = [row[0] for row in books.rows("payment", {"status": str}, "status")]
                operations = [row[0] for row in books.rows("payment_operation", {"state": str}, "state")]
        except CannotRead:
            return 1
        return sum(status in UNFINISHED_PAYMENT for status in payments) + sum(
            state in UNFINISHED_OPERATION for state in operations) + self.unsent_callbacks()

    def unsent_callbacks(self):
        with SQLiteBooks(os.path.join(self.server.data, "sandbox", "sandbox.sqlite")) as sandbox:
            return sum(row[0] == "waiting" for row in sandbox.rows("callback", {"state": str}, "state"))

    def finish(self, verdict, moment):
        """The end of every drill: all answered, all settled, stopped as a person stops it, and judged by both."""
        if self.load and not self.end_load():
            verdict.fail(f"{moment}: some requests never got an answer")
        if not self.await_quiet():
            verdict.fail(f"{moment}: {self.unfinished()} payments or operations were still on their way")
        if self.server.stop() != 0:
            verdict.fail(f"{moment}: it did not stop well: {self.server.text()}")
        verdict.check(self, moment, is_quiet=True)
        verdict.verify(self, moment)
        verdict.count_runs(self)
        verdict.count_record(self.record)
