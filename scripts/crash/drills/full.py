"""Disk full: books on a small file system, filled to the last byte under load, emptied again, and filled again.

While it is full every write must be refused with 503 and every read answered; after room was made everything must go
on.
"""

import http.client
import os
import subprocess
import tempfile
import time

from load import Client, Record, leg

from .scene import Scene
from .verdict import Verdict

# The write-ahead log alone may take 64 MiB before it is cut back.
SIZE = "256m"
REFUSALS = 10
SECONDS_MAX = 30
READS = ["/v1/accounts/cash:1:EUR/balance", "/v1/payments?limit=5", "/v1/trial_balance", "/v1/events/1", "/healthz"]


def obstacle(_):
    with tempfile.TemporaryDirectory(prefix="summa-crash-") as place:
        trial = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, text=True)
        if trial.returncode != 0:
            return f"a small file system cannot be mounted here: {trial.stderr.strip()}"
        subprocess.run(["umount", place], check=True)
    return None


def run(summa, rounds, seed):
    verdict = Verdict("full", seed)
    with tempfile.TemporaryDirectory(prefix="summa-crash-") as place:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place], check=True)
        try:
            with Scene(summa, seed, data=os.path.join(place, "books")) as scene:
                fill_and_empty(scene, place, rounds, verdict)
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)
    return verdict.end()


def fill_and_empty(scene, place, rounds, verdict):
    scene.server.start()
    scene.start_load(connections=2)
    ballast = os.path.join(place, "ballast")
    probe = Probe(scene)
    time.sleep(1)
    for number in range(rounds):
        fill(ballast)
        probe.writes_are_refused(verdict, ballast)
        probe.reads_are_answered(verdict)
        if not scene.server.is_running:
            verdict.fail(f"round {number + 1}: it stopped on a full disk: {scene.server.text()}")
            os.remove(ballast)
            scene.server.start()
            continue
        os.remove(ballast)
        probe.writes_go_on(verdict)
        time.sleep(1)
        verdict.count("rounds")
    scene.finish(verdict, "after room was made")


def fill(path):
    """Takes every byte that is left."""
    with open(path, "ab", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue


class Probe:
    """A client of its own beside the load, whose intents stand in the same record."""

    def __init__(self, scene):
        self.scene = scene
        self.record = Record(scene.record)
        self.number = 0

    def intend(self):
        self.number += 1
        key, trace = f"probe-{self.number}", f"{0xF0_0D << 64 | self.number:032x}"
        legs = [leg("cash:1", "debit", 5), leg("wallet:1", "credit", 5)]
        body = {"postings": legs, "external_id": key}
        self.record.write(
            {"intent": key, "kind": "transfer", "path": "/v1/ledger_transactions", "trace": trace, "body": body})
        return key, trace, legs

    def ask(self, intent):
        """Status and code of one attempt; 0 where there was no answer."""
        key, trace, legs = intent
        headers = {"Idempotency-Key": key, "traceparent": f"00-{trace}-{trace[:16]}-01"}
        client = Client([self.scene.server.url], self.scene.server.key)
        try:
            status, body = client.post("/v1/ledger_transactions", {"postings": legs, "external_id": key}, headers)
        except (OSError, http.client.HTTPException, ValueError):
            return 0, "no answer"
        if status < 500:
            self.record.write({"answer": key, "status": status, "body": body})
        return status, body.get("code")

    def writes_are_refused(self, verdict, ballast):
        """Until so many in a row were refused. What the engine frees meanwhile is filled again."""
        deadline, refused = time.monotonic() + SECONDS_MAX, 0
        intent = self.intend()
        while refused < REFUSALS:
            if time.monotonic() > deadline:
                return verdict.fail("writes went on although the disk was full")
            fill(ballast)
            status, code = self.ask(intent)
            if status == 503 and code == "storage_full":
                refused += 1
                verdict.count("refused with 503 storage_full")
            elif status < 300 and status > 0:
                refused, intent = 0, self.intend()
            elif status != 503:
                return verdict.fail(f"a write on a full disk was answered {status} {code}: {self.scene.server.text()}")
            time.sleep(0.02)

    def reads_are_answered(self, verdict):
        for path in READS:
            connection = http.client.HTTPConnection("127.0.0.1", self.scene.server.port, timeout=5)
            try:
                connection.request("GET", path, headers={"Authorization": f"Bearer {self.scene.server.key}"})
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except (OSError, http.client.HTTPException) as error:
                status = type(error).__name__
            connection.close()
            verdict.count("reads answered on a full disk")
            if status != 200:
                verdict.fail(f"GET {path} on a full disk was answered {status}")

    def writes_go_on(self, verdict):
        deadline, intent = time.monotonic() + SECONDS_MAX, self.intend()
        while (answer := self.ask(intent))[0] != 201:
            if time.monotonic() > deadline:
                return verdict.fail(f"after room was made a write was still answered {answer}")
            time.sleep(0.1)
