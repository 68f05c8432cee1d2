"""What a drill comes to: counts over all its rounds, and what went wrong in which."""

import json
import os
import statistics
import subprocess
import sys
import time

from check import checked
from checker import promises
from checker.books import opened
from checker.findings import Findings


class Verdict:
    """Collects the findings of every check, and says at the end whether there were none."""

    def __init__(self, drill, seed):
        self.drill = drill
        self.seed = seed
        self.counts = dict.fromkeys(Findings().counts, 0)
        self.wrong = []
        self.figures = {"rounds": 0, "checks": 0}
        self.spans = {}
        self.began = time.monotonic()

    def count(self, name, by=1):
        self.figures[name] = self.figures.get(name, 0) + by

    def took(self, name, seconds):
        """Of all that took so long, the median and the longest are told at the end."""
        self.spans.setdefault(name, []).append(seconds)

    def fail(self, sentence):
        self.wrong.append(sentence)
        print(f"{self.drill}: WRONG: {sentence}", file=sys.stderr, flush=True)

    def note(self, sentence):
        print(f"{self.drill}: {sentence}", file=sys.stderr, flush=True)

    def check(self, scene, moment, is_quiet=False):
        """Has the books of a scene judged, as they lie there now."""
        with scene.load_paused():
            findings = checked(scene.server.data, scene.postgres, scene.record_if_any, is_quiet)
        self.count("checks")
        for kind, count in findings.counts.items():
            self.counts[kind] += count
        if not findings.is_clean:
            self.fail(f"{moment}: {json.dumps(findings.as_json())}")
        return findings

    def verify(self, scene, moment):
        """The product's own word, which has to agree with the checker's."""
        run = subprocess.run(
            [scene.server.summa, "verify", "--data", scene.server.data, *scene.server.store], capture_output=True, text=True,
            env={**os.environ, **scene.server.environment})
        self.count("verified")
        if run.returncode != 0:
            self.fail(f"{moment}: summa verify: {run.stdout}{run.stderr}")

    def count_runs(self, scene):
        """How many runs of keys were sealed. A drill on SQLite that seals none has not exercised what it is to."""
        if scene.postgres:
            return
        with opened(scene.server.data) as books:
            sealed = sum(1 for _ in books.rows("run", {"number": int}, "number"))
        self.count("runs sealed", sealed)
        if sealed == 0:
            self.fail("no run of keys was sealed")

    def count_record(self, path):
        """How much was asked and answered, and how often the outcome was unknown: what the drill exercised."""
        intents = promises.read(path).values()
        self.count("intents", len(intents))
        self.count("acknowledged", sum(bool(intent.acknowledgements) for intent in intents))
        with open(path, encoding="utf-8") as file:
            self.count("outcomes unknown at first", sum(line.startswith('{"unknown"') for line in file))

    def end(self):
        """Prints the result as one line of JSON, and answers the exit status."""
        for name, spans in self.spans.items():
            self.figures[name] = {"median": round(statistics.median(spans), 1), "most": round(max(spans), 1)}
        self.figures["seconds"] = round(time.monotonic() - self.began)
        result = {"drill": self.drill, "ok": not self.wrong, "seed": self.seed, **self.figures, "found": self.counts}
        print(json.dumps({**result, "wrong": self.wrong[:5]} if self.wrong else result), flush=True)
        return 1 if self.wrong else 0
