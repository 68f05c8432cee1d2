#!/usr/bin/env python3
"""Judges the books of a Summa, by what lies in the database, what was signed outside it, and what its client was told.

    check.py --data DIR [--postgres URL] [--record FILE] [--quiet-now] [--json]

Ends with 0 when every count is zero, 1 when one is not, 2 when it could not read. Python's own library, and `psql` for
PostgreSQL; nothing of Summa's.
"""

import argparse
import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from checker import promises
from checker.books import CannotRead, opened
from checker.findings import Findings
from checker.ledger import Ledger
from checker.log import Log
from checker.notes import VerifierKey, checkpoints
from checker.provider import Provider
from checker.told import Told


def checked(data, postgres=None, record=None, is_quiet=False):
    """The findings about the books of a data directory, wherever it keeps them."""
    findings = Findings()
    # Read before the database: what is signed or acknowledged is in it then, also where a server is at work meanwhile.
    signed = list(checkpoints(os.path.join(data, "checkpoints")))
    sandbox = os.path.join(data, "sandbox", "sandbox.sqlite")
    earlier = Provider(sandbox)
    with open(os.path.join(data, "log.vkey"), encoding="utf-8") as file:
        key = VerifierKey(file.readline())
    with opened(data, postgres) as books:
        for sentence in books.damage():
            findings.add("damaged", sentence)
        ledger = Ledger(books, findings)
        told = Told(books, ledger, findings)
        log = Log(books, signed, key, findings)
        log.read(told.take)
        log.check_proofs()
        ledger.check()
        told.check()
    if record:
        promises.Promises(promises.read(record), told, findings).check()
    Provider(sandbox).check(told.payments, findings, is_quiet, earlier)
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="the data directory")
    parser.add_argument("--postgres", help="where the books are, when they are not in the directory")
    parser.add_argument("--record", help="what the load generator wrote down")
    parser.add_argument("--quiet-now", action="store_true", help="the server had time to finish all it had begun")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    try:
        findings = checked(options.data, options.postgres, options.record, options.quiet_now)
    except (CannotRead, OSError) as error:
        print(f"check: cannot read: {error}", file=sys.stderr)
        sys.exit(2)
    print(json.dumps(findings.as_json(), indent=1) if options.json else findings.as_text())
    sys.exit(0 if findings.is_clean else 1)


if __name__ == "__main__":
    main()
