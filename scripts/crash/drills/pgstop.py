"""PostgreSQL stopped with `-m immediate` under load, and started again, while the server in front of it goes on."""

import os
import random
import tempfile
import time

from .postgres import PostgreSQL, obstacle
from .scene import Scene
from .verdict import Verdict

__all__ = ["obstacle", "run"]


def run(summa, rounds, seed):
    return on_postgres("pgstop", summa, rounds, seed, lambda postgres, moments: crash(postgres, moments))


def crash(postgres, moments):
    postgres.crash()
    time.sleep(moments.uniform(0, 0.5))
    postgres.restart()


def on_postgres(name, summa, rounds, seed, hurt):
    """Load on a server whose database is hurt again and again, at random moments."""
    verdict = Verdict(name, seed)
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="summa-crash-") as place:
        os.chmod(place, 0o755)
        with PostgreSQL(os.path.join(place, "server")) as postgres, Scene(summa, seed, postgres=postgres.url) as scene:
            postgres.migrate(summa)
            scene.server.start()
            scene.start_load()
            for number in range(rounds):
                time.sleep(moments.uniform(0.1, 1.2))
                hurt(postgres, moments)
                verdict.count("rounds")
                if not scene.server.is_running:
                    verdict.fail(f"round {number + 1}: it ended, exit {scene.server.process.returncode}: {scene.server.text()}")
                    scene.server.start()
                verdict.check(scene, f"after round {number + 1}")
            scene.finish(verdict, "at the end")
    return verdict.end()
