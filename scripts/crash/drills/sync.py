"""Every sync: the server is killed as it enters its N-th fsync or fdatasync, for every N until the workload passes
untouched.

strace counts the calls of each thread and of each of the two system calls apart, so N goes over the largest of those
counts: at each N the first thread that gets so far is the one that kills the process. The drill `power` counts all of a
process together.
"""

import os
import random
import shutil
import subprocess

from .scene import Scene
from .server import DidNotStart
from .verdict import Verdict

INTENT_COUNT = 12
# Short forms take so many N, spread over all there are.
NEVER = 60_000


def obstacle(_):
    if not shutil.which("strace"):
        return "there is no strace"
    trial = subprocess.run(["strace", "-f", "-qq", "-e", "trace=fsync", "true"], capture_output=True, text=True)
    return None if trial.returncode == 0 else f"ptrace is forbidden here: {trial.stderr.strip()}"


def run(summa, rounds, seed):
    return at_every_sync("sync", "signal=SIGKILL", "killed by SIGKILL", summa, rounds, seed)


def at_every_sync(name, fault, mark, summa, rounds, seed, look=lambda scene, moment, trace, verdict: None):
    """Has strace put a fault in at one sync after the other. `rounds` of 0 are all there are.

    `mark` is how strace's own record tells that it did. `look` sees the scene while the faulted server is, or is not, still there.
    """
    verdict = Verdict(name, seed)
    last = one(summa, seed, NEVER, fault, mark, verdict, look)
    numbers = list(range(1, last + 2))
    verdict.figures["syncs of the busiest thread"] = last
    if 0 < rounds < len(numbers):
        numbers = sorted(random.Random(seed).sample(numbers[1:-1], rounds - 2) + [numbers[0], numbers[-1]])
    for number in numbers:
        one(summa, seed, number, fault, mark, verdict, look)
        verdict.count("rounds")
    if verdict.figures.get("rounds hurt", 0) == 0:
        verdict.fail("nothing was ever hurt")
    return verdict.end()


def one(summa, seed, number, fault, mark, verdict, look):
    """The fixed workload with a fault at one sync. Answers how many syncs the busiest thread made."""
    with Scene(summa, seed) as scene:
        trace = os.path.join(scene.scratch, "trace")
        wrapper = [
            "strace", "-f", "-qq", "-y", "-o", trace, "-e", "trace=fsync,fdatasync",
            f"--inject=fsync,fdatasync:{fault}:when={number}",
        ]
        scene.server.launch(wrapper)
        moment = f"{fault} at sync {number}"
        started(scene, moment, verdict)
        scene.start_load(connections=1, count=INTENT_COUNT)
        while scene.load.poll() is None:
            if not scene.server.is_running:
                look(scene, moment, read(trace), verdict)
                scene.server.start()
            wait(scene)
        if not scene.await_load():
            verdict.fail(f"{moment}: some requests never got an answer")
        look(scene, moment, read(trace), verdict)
        scene.server.stop()
        scene.server.start()
        scene.server.stop()
        verdict.check(scene, moment)
        verdict.verify(scene, moment)
        verdict.count_record(scene.record)
        if number != NEVER:
            verdict.count("rounds hurt" if mark in read(trace) else "rounds untouched")
        return busiest(read(trace))


def started(scene, moment, verdict):
    """Waits for the first start, and starts again unhurt where that ended before it listened. One that hangs instead is wrong."""
    try:
        scene.server.wait_until_listening()
    except DidNotStart as ending:
        if scene.server.is_running:
            verdict.fail(f"{moment}: it neither listens nor ends: {ending}")
            scene.server.clear_away()
        scene.server.start()


def wait(scene):
    try:
        scene.load.wait(0.05)
    except subprocess.TimeoutExpired:
        pass


def read(trace):
    with open(trace, encoding="utf-8", errors="replace") as file:
        return file.read()


def busiest(trace):
    """The largest count of one call by one thread."""
    counts = {}
    for line in trace.splitlines():
        words = line.replace("(", " ").split()
        if len(words) > 1 and words[1] in ("fsync", "fdatasync"):
            counts[words[0], words[1]] = counts.get((words[0], words[1]), 0) + 1
    return max(counts.values(), default=0)
