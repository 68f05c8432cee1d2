"""The wall clock stepped an hour back and forth while charges come in.

Done by a shim that shifts CLOCK_REALTIME in the server, which is the clock it really reads, and not in the sandbox; the
machine's own clock cannot be set in a container, and a clock passed in would not be the process as it is run.
"""

import mmap
import os
import random
import time

from checker.books import opened
from checker.log import Event
from load import Client

from .scene import Scene
from .shim import compiled, compiler
from .verdict import Verdict

HOUR = 3_600
# A step that is not seen within this many seconds was not guarded against: the guard looks each second.
LOOK_SECONDS = 2.5


def obstacle(_):
    return None if compiler() else "there is no C compiler"


class Clock:
    """The shift, as the shim reads it."""

    def __init__(self, path):
        with open(path, "wb") as file:
            file.write(bytes(8))
        self.path = path
        self.file = open(path, "r+b")
        self.page = mmap.mmap(self.file.fileno(), 8)

    def shift(self, seconds):
        self.page[:8] = seconds.to_bytes(8, "little", signed=True)

    def close(self):
        self.page.close()
        self.file.close()


def run(summa, rounds, seed):
    verdict = Verdict("clock", seed)
    steps = random.Random(seed)
    with Scene(summa, seed) as scene:
        clock = Clock(os.path.join(scene.scratch, "shift"))
        scene.server.environment = {
            "LD_PRELOAD": compiled("clock", scene.scratch), "SUMMA_CLOCK_FILE": clock.path}
        scene.server.start()
        scene.start_load(connections=2, pause_seconds=0.02, hold_seconds=HOUR // 2)
        time.sleep(1)
        for _ in range(rounds):
            clock.shift(steps.choice([HOUR, -HOUR]))
            time.sleep(LOOK_SECONDS)
            clock.shift(0)
            time.sleep(LOOK_SECONDS)
            confirm(scene, verdict)
            verdict.count("rounds")
        if not scene.server.is_running:
            verdict.fail(f"it stopped: {scene.server.text()}")
        scene.finish(verdict, "after the last step")
        look_at_events(scene, verdict, rounds)
        clock.close()
    return verdict.end()


def confirm(scene, verdict):
    """An operator says that the clock is right again: events of the hour ahead would keep it in doubt, and hide the next step."""
    status, answer = Client([scene.server.url], scene.server.operator_key).post("/v1/clock/confirm", {}, {})
    if (status, answer.get("trusted")) != (200, True):
        verdict.fail(f"the clock could not be confirmed: {status} {answer}")


def look_at_events(scene, verdict, rounds):
    """The log says that the clock was doubted, and nothing ended by it; times never go back."""
    last = {}
    with opened(scene.server.data) as books:
        for book, sequence, data in books.rows("event", {"book": int, "sequence": int, "bytes": bytes}, "book, sequence"):
            event = Event(book, sequence, data)
            if event.type == "summa.clock.doubted":
                verdict.count("doubts told by the log")
            if event.type == "summa.ledger.hold.expired":
                verdict.fail(f"{event}: a hold of half an hour ended by a clock that was wrong")
            if event.time < last.get(book, ""):
                verdict.fail(f"{event} is earlier than the one before it")
            last[book] = event.time
    doubts = verdict.figures.get("doubts told by the log", 0)
    if doubts < rounds:
        verdict.fail(f"the clock was stepped away {rounds} times, and {doubts} events doubt it")
