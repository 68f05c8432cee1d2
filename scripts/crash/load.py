#!/usr/bin/env python3
"""Charges and posts over HTTP, and writes down what it wanted before it asks and what it was told after.

    SUMMA_KEY=sk_… load.py --url URL … --record FILE [--connections 4] [--seed 1] [--count N]

Works until it is told to stop (SIGTERM) or has had N intents, then asks for each one that has no answer yet, under the same
idempotency key, until it has one. Ends with 0 when all were answered, 3 when some never were. What is not answered for good (no
connection, a broken one, 429 and 5xx) is asked again with the same key: so at most once is the server's to keep. Of several
processes that serve the same books, the next one is asked after each that gave no whole answer.

The record has one JSON object a line: `intent` (what is wanted), `sent` (a request leaves), `answer` (status and body) or `unknown`
(what came instead). Each is written whole, before and after the request it is about.
"""

import argparse
import http.client
import itertools
import json
import os
import random
import signal
import sys
import threading
import time
import urllib.parse

WALLET_COUNT = 8
CURRENCY = "EUR"
METHODS = ["pm_approve"] * 6 + ["pm_callback_twice", "pm_callback_only", "pm_decline_do_not_honor"]
REFUSED_FOR_NOW = (408, 425, 429)
ANSWER_SECONDS = 10


class Record:
    """A file that grows by whole lines, each in the file before the next step is taken."""

    def __init__(self, path):
        self.descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, line):
        os.write(self.descriptor, (json.dumps(line, separators=(",", ":")) + "\n").encode())


class Intents:
    """What the client wants, one after the other; over one connection the same for the same seed."""

    def __init__(self, seed, count, hold_seconds):
        self.hold_seconds = hold_seconds
        self.random = random.Random(seed)
        self.seed = seed
        self.left = count
        self.number = 0
        self.charged = []
        self.lock = threading.Lock()
        self.is_over = threading.Event()

    def next(self):
        """The next intent, or None when there shall be no more."""
        with self.lock:
            if self.is_over.is_set() or self.left == 0:
                return None
            self.left -= 1
            self.number += 1
            kind = self.random.choices(["charge", "transfer", "split", "hold", "refund"], [5, 3, 1, 1, 2])[0]
            if kind == "refund" and not self.charged:
                kind = "charge"
            key = f"load-{self.seed}-{self.number}"
            trace = f"{self.random.getrandbits(128) | 1:032x}"
            payment = self.random.choice(self.charged) if kind == "refund" else None
            path = {"charge": "/v1/charges", "refund": f"/v1/payments/{payment}/refunds"}.get(kind, "/v1/ledger_transactions")
            return {"intent": key, "kind": kind, "path": path, "body": self.body(kind, key), "trace": trace}

    def was_charged(self, payment):
        """A payment that may be given back in part. The newest few: the provider has not always captured them yet."""
        with self.lock:
            self.charged = self.charged[-50:] + [payment]

    def body(self, kind, key):
        amount = self.random.randint(100, 99_999)
        if kind == "refund":
            return {"amount": self.random.randint(1, 99), "currency": CURRENCY}
        if kind == "charge":
            return {
                "amount": amount, "currency": CURRENCY, "payment_method": self.random.choice(METHODS), "merchant": "acme",
                "reference": key,
            }
        wallet = self.random.randint(1, WALLET_COUNT)
        legs = [leg("cash:1", "debit", amount), leg(f"wallet:{wallet}", "credit", amount)]
        if kind == "split":
            part = self.random.randint(1, amount - 1)
            other = wallet % WALLET_COUNT + 1
            legs[1:] = [leg(f"wallet:{wallet}", "credit", part), leg(f"wallet:{other}", "credit", amount - part)]
            return {"postings": legs}
        if kind == "hold":
            return {"postings": legs, "external_id": key, "pending": True, "timeout_seconds": self.hold_seconds}
        return {"postings": legs, "external_id": key}


def leg(account, side, amount):
    return {"account": f"{account}:{CURRENCY}", "side": side, "amount": amount, "currency": CURRENCY}


class Client:
    """One connection, opened again whenever it is lost: to the next of the addresses, where there are several."""

    def __init__(self, urls, key, answer_seconds=ANSWER_SECONDS):
        self.answer_seconds = answer_seconds
        self.addresses = itertools.cycle(map(urllib.parse.urlsplit, urls))
        self.key = key
        self.connection = None

    def post(self, path, body, headers):
        """Status and body of the answer.

        :raises OSError, http.client.HTTPException, ValueError: no whole answer came; whether the request took effect is unknown.
        """
        if self.connection is None:
            address = next(self.addresses)
            self.connection = http.client.HTTPConnection(address.hostname, address.port, timeout=self.answer_seconds)
        try:
            self.connection.request("POST", path, json.dumps(body), {
                "Authorization": f"Bearer {self.key}", "Content-Type": "application/json", **headers})
            answer = self.connection.getresponse()
            return answer.status, json.loads(answer.read())
        except BaseException:
            self.connection.close()
            self.connection = None
            raise

    def post_for_good(self, path, body, headers, give_up, note=lambda line: None):
        """Asks until it is answered for good; None when `give_up` says that it never will be."""
        pause = 0.02
        while True:
            note({"sent": time.time()})
            try:
                status, answer = self.post(path, body, headers)
                if status < 500 and status not in REFUSED_FOR_NOW:
                    return status, answer
                cause = f"{status} {answer.get('code')}"
            except (OSError, http.client.HTTPException, ValueError) as error:
                cause = type(error).__name__
            note({"unknown": cause})
            if give_up():
                return None
            time.sleep(pause)
            pause = min(pause * 2, 0.5)


class Load:
    """Some connections that share one list of intents and one record."""

    def __init__(self, options, key):
        self.options = options
        self.key = key
        self.record = Record(options.record)
        self.intents = Intents(options.seed, options.count, options.hold_seconds)
        self.over_at = None
        self.unanswered = []

    def give_up(self):
        return self.over_at is not None and time.monotonic() > self.over_at + self.options.patience_seconds

    def stop(self, *_):
        self.intents.is_over.set()
        self.over_at = self.over_at or time.monotonic()

    def open_accounts(self):
        """An account is known by its path: asking again changes nothing."""
        client = Client(self.options.url, self.key, self.options.answer_seconds)
        accounts = [("cash:1", "asset")] + [(f"wallet:{number + 1}", "liability") for number in range(WALLET_COUNT)]
        for path, kind in accounts:
            answer = client.post_for_good("/v1/accounts", {"path": f"{path}:{CURRENCY}", "type": kind}, {}, self.give_up)
            if answer is None or answer[0] >= 300:
                sys.exit(f"load: no account {path}: {answer}")

    def work(self, number):
        first = number % len(self.options.url)
        client = Client(self.options.url[first:] + self.options.url[:first], self.key, self.options.answer_seconds)
        while (intent := self.intents.next()) is not None:
            self.record.write(intent)
            headers = {"Idempotency-Key": intent["intent"], "traceparent": f"00-{intent['trace']}-{intent['trace'][:16]}-01"}
            answer = client.post_for_good(
                intent["path"], intent["body"], headers, self.give_up,
                lambda line: self.record.write({**line, "of": intent["intent"]}))
            if answer is None:
                self.unanswered.append(intent["intent"])
                continue
            self.record.write({"answer": intent["intent"], "status": answer[0], "body": answer[1]})
            if intent["kind"] == "charge" and answer[0] < 300:
                self.intents.was_charged(answer[1]["id"])
            if self.options.pause_seconds:
                time.sleep(self.options.pause_seconds)

    def run(self):
        signal.signal(signal.SIGTERM, self.stop)
        threads = [threading.Thread(target=self.work, args=(number,)) for number in range(self.options.connections)]
        self.open_accounts()
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():
                thread.join(0.2)
                if self.intents.left == 0:
                    self.stop()
        if self.unanswered:
            print(f"load: never answered: {', '.join(self.unanswered)}", file=sys.stderr)
            sys.exit(3)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", required=True, nargs="+", help="of each process that serves the books")
    parser.add_argument("--record", required=True)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=-1, help="how many intents; without it, until SIGTERM")
    parser.add_argument(
        "--answer-seconds", type=float, default=ANSWER_SECONDS, help="how long to wait for an answer before asking again")
    parser.add_argument("--pause-seconds", type=float, default=0, help="between two intents of a connection")
    parser.add_argument("--hold-seconds", type=int, default=86_400, help="after which a hold ends by itself")
    parser.add_argument("--patience-seconds", type=float, default=60, help="how long to ask for answers at the end")
    Load(parser.parse_args(), os.environ["SUMMA_KEY"]).run()


if __name__ == "__main__":
    main()
