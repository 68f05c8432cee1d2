"""Nothing is hurt: what the checker must find right, and what its own tests then break.

With `--keep DIR` the books are left there as `books`, with the client's record as `record.jsonl`. The last event of the
log is then a transfer, so that it can be taken away or done twice without touching what came before.
"""

import os
import shutil

from load import Client, Record, leg

from .scene import Scene
from .verdict import Verdict

INTENT_COUNT = 120
LAST_TRACE = "1a57" * 8


def run(summa, rounds, seed, keep=None):
    verdict = Verdict("calm", seed)
    with Scene(summa, seed) as scene:
        scene.server.start()
        for _ in range(rounds):
            scene.start_load(count=INTENT_COUNT)
            scene.await_load()
            verdict.count("rounds")
        scene.await_quiet()
        post_last(scene)
        scene.finish(verdict, "at the end")
        if keep:
            shutil.copytree(scene.server.data, os.path.join(keep, "books"))
            shutil.copy(scene.record, os.path.join(keep, "record.jsonl"))
    return verdict.end()


def post_last(scene):
    body = {"postings": [leg("cash:1", "debit", 77), leg("wallet:1", "credit", 77)], "external_id": "last"}
    record = Record(scene.record)
    record.write(
        {"intent": "last", "kind": "transfer", "path": "/v1/ledger_transactions", "body": body, "trace": LAST_TRACE})
    headers = {"Idempotency-Key": "last", "traceparent": f"00-{LAST_TRACE}-{LAST_TRACE[:16]}-01"}
    status, answer = Client([scene.server.url], scene.server.key).post("/v1/ledger_transactions", body, headers)
    record.write({"answer": "last", "status": status, "body": answer})
