#!/usr/bin/env python3
"""Hurts a Summa in one way, many times, and says what came of it.

    drill.py NAME --summa PATH [--rounds N] [--seed S]      prints one line of JSON; 0 when nothing was found, 1 otherwise
    drill.py NAME --summa PATH --can                        0 when this machine lets it be done, 77 with the reason otherwise
"""

import argparse
import importlib
import os
import random
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

# The rounds of the short form.
DRILLS = {
    "calm": 1, "kill": 5, "sync": 6, "eio": 6, "power": 6, "full": 2, "clock": 2, "page": 10,
    "pgcalm": 1, "pgstop": 3, "pgcut": 4, "pgcommit": 8, "pgsilent": 1, "pgtwo": 2,
}
CANNOT = 77


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", choices=sorted(DRILLS))
    parser.add_argument("--summa", required=True, help="the executable")
    parser.add_argument("--rounds", type=int, help="how often; without it, the short form")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--keep", help="with calm: an empty directory to leave the books in")
    parser.add_argument("--can", action="store_true", help="only say whether it can be done here")
    options = parser.parse_args()
    # Whoever started this may have done so from a thread that takes no signals; those it starts must be told to stop.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    drill = importlib.import_module(f"drills.{options.name}")
    reason = drill.obstacle(os.path.abspath(options.summa)) if hasattr(drill, "obstacle") else None
    if reason:
        print(reason)
        sys.exit(CANNOT)
    if not options.can:
        rounds = DRILLS[options.name] if options.rounds is None else options.rounds
        kept = {"keep": options.keep} if options.keep else {}
        sys.exit(drill.run(os.path.abspath(options.summa), rounds, options.seed, **kept))


if __name__ == "__main__":
    main()
