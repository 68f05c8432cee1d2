"""A `summa serve` on a data directory and a port of its own, that is started and killed again and again."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request

START_SECONDS_MAX = 60
# So few rows that a run of keys is sealed after a handful of charges: a kill has to meet a sealing now and then.
ROWS_PER_RUN = 16


class DidNotStart(Exception):
    """It ended, or said nothing, instead of listening. The text is what it said."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The same books, however many processes serve them one after the other."""

    def __init__(self, summa, data, store=(), environment=None):
        self.summa = summa
        self.data = data
        self.store = list(store)
        self.options = ["--rows-per-run", str(ROWS_PER_RUN), "--ahead-from", "1"]
        self.environment = environment or {}
        self.port = free_port()
        self.key = self.operator_key = None
        self.process = None
        self.is_wrapped = False
        self.said = data + ".said"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def launch(self, wrapper=(), environment=None):
        """Starts the process and does not wait for it. `wrapper` is a command that runs it, such as strace."""
        command = [
            *wrapper, self.summa, "serve", "--data", self.data, *self.store, *self.options, "--listen", f"127.0.0.1:{self.port}"]
        self.is_wrapped = bool(wrapper)
        with open(self.said, "w", encoding="utf-8") as said:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, start_new_session=True,
                env={**os.environ, "SWIFT_BACKTRACE": "enable=no", **self.environment, **(environment or {})})

    def start(self, wrapper=(), environment=None):
        self.launch(wrapper, environment)
        self.wait_until_listening()

    def wait_until_listening(self):
        """Until it answers, and keeps the keys if they were told now.

        :raises DidNotStart: it ended instead, or took too long.
        """
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            text = self.text()
            self.note_key(text)
            if "Listening on " in text and self.key:
                return
            if self.process.poll() is not None:
                raise DidNotStart(f"exit {self.process.returncode}: {self.text().strip()}")
            time.sleep(0.02)
        raise DidNotStart(f"silent for {START_SECONDS_MAX} s: {self.text().strip()}")

    def note_key(self, text):
        told = dict(re.findall(r"^\S+\s+(service|operator)\s+(sk_\S+)$", text, re.MULTILINE))
        self.key = told.get("service", self.key)
        self.operator_key = told.get("operator", self.operator_key)

    def preferred(self):
        """The address of the process that it tells callers to prefer; None where it tells of none."""
        request = urllib.request.Request(
            f"{self.url}/v1/payments?limit=1", headers={"Authorization": f"Bearer {self.key}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.headers.get("Summa-Preferred-Process")

    def text(self):
        with open(self.said, encoding="utf-8", errors="replace") as said:
            return said.read()

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None and self.served_by() is not None

    def kill(self):
        """As when the power goes: no handler runs. The sandbox beside it ends with it."""
        self.process.kill()
        self.process.wait()
        self.note_key(self.text())

    def stop(self):
        """As a person stops it. Answers its exit status; its last one where it was over already."""
        serving = self.served_by() if self.is_running else None
        if serving:
            os.kill(serving, signal.SIGTERM)
        return self.process.wait(timeout=60)

    def served_by(self):
        """The process that serves: the wrapper's first child, where there is a wrapper. None where that has ended before it."""
        if not self.is_wrapped:
            return self.process.pid
        try:
            with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as children:
                return next(map(int, children.read().split()), None)
        except FileNotFoundError:
            return None

    def clear_away(self):
        """Ends what this drill has started, however it went: the whole session, since a wrapper may have died first."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
