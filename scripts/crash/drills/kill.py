"""Any moment: `summa serve` under load, killed with SIGKILL at random moments, also while it starts."""

import random
import time

from .scene import Scene
from .verdict import Verdict

# How many rounds in a hundred are killed while the server is still starting.
STARTING_PERCENT = 20


def run(summa, rounds, seed):
    verdict = Verdict("kill", seed)
    moments = random.Random(seed)
    with Scene(summa, seed) as scene:
        scene.server.start()
        scene.start_load()
        for number in range(rounds):
            if moments.randrange(100) < STARTING_PERCENT and number > 0:
                time.sleep(moments.uniform(0, 0.4))
                verdict.count("killed while starting")
            else:
                scene.server.wait_until_listening()
                time.sleep(moments.uniform(0.05, 1.2))
            scene.server.kill()
            verdict.count("rounds")
            verdict.check(scene, f"after kill {number + 1}")
            scene.server.launch()
        scene.server.wait_until_listening()
        scene.finish(verdict, "at the end")
    return verdict.end()
