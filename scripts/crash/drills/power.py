"""The power cut at a sync: what was written since the last sync of a file is lost in part, and then the process is
killed.

This machine's power cannot be cut, so a shim keeps what a write overwrites until it is synced, and puts it back by
chance. It counts the syncs of the whole process, of all threads and both system calls together. A lying disk, whose
syncs make nothing durable, is what the drill must catch to be believed: there acknowledged work has to be missed, or
the server has to refuse to start.
"""

import os
import random
import shutil
import tempfile

from check import checked
from checker.books import CannotRead

from .scene import Scene
from .server import DidNotStart
from .shim import compiled, compiler
from .sync import INTENT_COUNT, started, wait
from .verdict import Verdict


# A part of the log of pages is carried over at 4,000 pages, each with its header; so many bring it within a few charges of
# that. How many charges that takes depends on how many share a commit.
GROWN_LOG_BYTES = 3_800 * (4_096 + 24)
GROWN_INTENT_COUNTS = [100] + 100 * [4]
GROWN_SEED = 1_000_000
# The file before anything was carried over into it: its first page.
EMPTY_BYTES = 4_096
# At which sync the lying disk is found out.
LIE_AT = 40
CARRIED = "rounds that carried the log over"


def obstacle(_):
    return None if compiler() else "there is no C compiler"


def run(summa, rounds, seed):
    """`rounds` of 0 are all there are, on books that are made and on books that have grown."""
    verdict = Verdict("power", seed)
    with tempfile.TemporaryDirectory(prefix="summa-crash-") as place:
        for grown in (None, Grown(summa, seed, place)):
            last = one(summa, seed, 0, verdict, grown)
            verdict.count("syncs", last)
            numbers = list(range(1, last + 1))
            if rounds:
                numbers = sorted(random.Random(seed).sample(numbers, min(rounds // 2, last)))
            for number in numbers:
                one(summa, seed, number, verdict, grown)
                verdict.count("rounds")
    for wanted in ("rounds cut", CARRIED):
        if verdict.figures.get(wanted, 0) == 0:
            verdict.fail(f"no {wanted}")
    is_a_lie_found(summa, seed, verdict)
    return verdict.end()


class Grown:
    """Books whose write-ahead log is about to be carried over into the file: the syncs of that are to be cut, too."""

    def __init__(self, summa, seed, place):
        self.directory = os.path.join(place, "grown")
        with Scene(summa, seed) as scene:
            scene.server.start()
            for step, count in enumerate(GROWN_INTENT_COUNTS):
                if step > 0 and os.path.getsize(os.path.join(scene.server.data, "summa.sqlite-wal")) >= GROWN_LOG_BYTES:
                    break
                scene.start_load(count=count, seed=seed + GROWN_SEED * (step + 1))
                scene.await_load()
            scene.server.kill()
            self.key = scene.server.key
            shutil.copytree(scene.scratch, self.directory)

    def put(self, scene):
        shutil.copytree(os.path.join(self.directory, "books"), scene.server.data)
        shutil.copy(os.path.join(self.directory, "record.jsonl"), scene.record)
        scene.server.key = self.key


class Power:
    """What the shim is told, and what it tells."""

    def __init__(self, scene, number, is_lying=False):
        self.counter = os.path.join(scene.scratch, "syncs")
        with open(self.counter, "wb") as file:
            file.write(bytes(8))
        self.environment = {
            "LD_PRELOAD": compiled("power", scene.scratch), "SUMMA_POWER_DIRECTORY": scene.server.data,
            "SUMMA_POWER_FILE": self.counter, "SUMMA_POWER_AT": str(number), "SUMMA_POWER_SEED": str(scene.seed + number),
        }
        if is_lying:
            self.environment["SUMMA_POWER_LIES"] = "1"

    def count(self):
        with open(self.counter, "rb") as file:
            return int.from_bytes(file.read(8), "little")


def one(summa, seed, number, verdict, grown):
    """The fixed workload with the power cut at one sync. Answers how many syncs there were."""
    with Scene(summa, seed) as scene:
        if grown:
            grown.put(scene)
        power = Power(scene, number)
        moment = f"power cut at sync {number}"
        scene.server.launch(environment=power.environment)
        try:
            started(scene, moment, verdict)
            scene.start_load(connections=1, count=INTENT_COUNT)
            while scene.load.poll() is None:
                if not scene.server.is_running:
                    scene.server.start()
                wait(scene)
        except DidNotStart as refusal:
            verdict.fail(f"{moment}: it did not start again: {refusal}")
            return power.count()
        if not scene.await_load():
            verdict.fail(f"{moment}: some requests never got an answer")
        # Looked at before the stop, which carries everything over.
        if os.path.getsize(os.path.join(scene.server.data, "summa.sqlite")) > EMPTY_BYTES:
            verdict.count(CARRIED)
        scene.server.stop()
        scene.server.start()
        scene.server.stop()
        verdict.check(scene, moment)
        verdict.verify(scene, moment)
        verdict.count_record(scene.record)
        if number:
            verdict.count("rounds cut" if power.count() >= number else "rounds untouched")
        return power.count()


def is_a_lie_found(summa, seed, verdict):
    """The same on a disk that lies, cut near the end: the server refuses to start, or the checker misses what was acknowledged."""
    with Scene(summa, seed) as scene:
        scene.server.start()
        scene.server.stop()
        scene.server.launch(environment=Power(scene, LIE_AT, is_lying=True).environment)
        scene.server.wait_until_listening()
        scene.start_load(connections=1, count=INTENT_COUNT * 4)
        scene.server.process.wait(timeout=60)
        scene.load.kill()
        scene.load.wait()
        try:
            scene.server.start()
            scene.server.stop()
        except DidNotStart:
            return verdict.count("lying disks refused at start")
        try:
            is_found = not checked(scene.server.data, record=scene.record).is_clean
        except CannotRead:
            is_found = True
        if not is_found:
            return verdict.fail("a disk that lies was not found out")
        return verdict.count("lying disks found out by the checker")
