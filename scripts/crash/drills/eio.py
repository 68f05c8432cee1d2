"""Every sync fails once: the disk says EIO instead of making the bytes durable.

After a sync that failed nobody knows what is on the disk, and asking again is answered as if all were well. So whoever
writes the books has to stop there and say why; what is really on the disk is read at the next start.
"""

import re
import time

from .sync import at_every_sync, obstacle

__all__ = ["obstacle", "run"]
FAILED_FOR_THE_BOOKS = re.compile(r"\((?:\d+)<[^>]*/books/summa\.sqlite[^>]*>\) *= -1 EIO")
# It stops at once; a loaded machine takes a moment to let it.
STOP_SECONDS_MAX = 10


def run(summa, rounds, seed):
    return at_every_sync("eio", "error=EIO", "(INJECTED)", summa, rounds, seed, look)


def look(scene, moment, trace, verdict):
    if not FAILED_FOR_THE_BOOKS.search(trace) or not scene.server.is_wrapped:
        return
    deadline = time.monotonic() + STOP_SECONDS_MAX
    while scene.server.is_running and time.monotonic() < deadline:
        time.sleep(0.05)
    if scene.server.is_running:
        verdict.fail(f"{moment}: a sync of the books failed, and the server goes on")
    elif "summa: stopped:" not in scene.server.text():
        verdict.fail(f"{moment}: it ended without saying why: {scene.server.text()}")
    else:
        verdict.count("stopped and said why")
