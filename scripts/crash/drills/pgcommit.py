"""The connection to PostgreSQL dropped exactly at COMMIT: before it reaches the server, or after the server has done it
and before anybody was told. To the product both look alike; it has to find out, and to answer with the truth.
"""

import os
import random
import tempfile
import time

from .postgres import PostgreSQL, obstacle
from .proxy import Proxy
from .scene import Scene
from .verdict import Verdict

__all__ = ["obstacle", "run"]


def run(summa, rounds, seed):
    verdict = Verdict("pgcommit", seed)
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="summa-crash-") as place:
        os.chmod(place, 0o755)
        with PostgreSQL(os.path.join(place, "server")) as postgres, Scene(summa, seed, postgres=postgres.url) as scene:
            proxy = Proxy(os.path.join(place, "proxy"), postgres.directory)
            scene.server.store = ["--store", postgres.url.replace(postgres.directory, os.path.join(place, "proxy"))]
            postgres.migrate(summa)
            scene.server.start()
            scene.start_load()
            for number in range(rounds):
                time.sleep(moments.uniform(0.02, 0.4))
                moment = "before" if number % 2 == 0 else "after"
                if proxy.cut(moment, verdict):
                    verdict.count(f"cut {moment} COMMIT")
                if not scene.server.is_running:
                    verdict.fail(f"round {number + 1}: it ended, exit {scene.server.process.returncode}: {scene.server.text()}")
                    scene.server.start()
                if number % 10 == 9:
                    verdict.check(scene, f"after cut {number + 1}")
            scene.finish(verdict, "at the end")
            proxy.close()
    return verdict.end()
