"""The log of each book: sequences without a gap, bytes that hash to the head's tree, and checkpoints that still hold."""

import json

from .tree import Tree

HEAD = {"book": int, "name": str, "epoch": int, "sequence": int, "tree": bytes}


class Event:
    """One event of a book, as its bytes say."""

    def __init__(self, book, sequence, data):
        self.book = book
        self.sequence = sequence
        document = json.loads(data)
        self.id = document["id"]
        self.own_sequence = document["sequence"]
        self.type = document["type"]
        self.time = document["time"]
        self.subject = document.get("subject")
        self.trace = document.get("traceparent", "--").split("-")[1]
        self.data = document.get("data", {})

    def __str__(self):
        return f"event {self.sequence} of book {self.book} ({self.type})"


class Log:
    """Reads every event once, in order, and hands those that can be read to whoever asks."""

    def __init__(self, books, checkpoints, key, findings):
        self.books = books
        self.findings = findings
        self.key = key
        self.heads = {row[0]: dict(zip(HEAD, row)) for row in books.rows("head", HEAD, "book")}
        self.checkpoints = list(checkpoints)
        self.trees = {}

    def read(self, take):
        sizes = {}
        for checkpoint in self.checkpoints:
            sizes.setdefault(checkpoint.book, set()).add(checkpoint.size)
        self.trees = {book: Tree(sizes.get(head["name"], ())) for book, head in self.heads.items()}
        last = {}
        columns = {"book": int, "sequence": int, "bytes": bytes}
        for book, sequence, data in self.books.rows("event", columns, "book, sequence"):
            self.findings.saw("events")
            self.check_place(book, sequence, last.get(book, 0) + 1)
            last[book] = sequence
            if book in self.trees:
                self.trees[book].append(data)
            event = self.parsed(book, sequence, data)
            if event is not None:
                take(event)
        for book, head in self.heads.items():
            if last.get(book, 0) != head["sequence"]:
                self.add("sequence", book, f"the head says {head['sequence']}, the last event is {last.get(book, 0)}")

    def check_place(self, book, sequence, expected):
        if book not in self.heads:
            self.findings.add("sequence", f"event {sequence} of book {book} has no head")
        elif sequence != expected:
            self.add("sequence", book, f"after {expected - 1} comes {sequence}")

    def parsed(self, book, sequence, data):
        """The event, if its bytes are a document of this place in this log; a finding otherwise."""
        try:
            event = Event(book, sequence, data)
        except (ValueError, KeyError, IndexError, AttributeError):
            self.findings.add("proof", f"the bytes of event {sequence} of book {book} are no event")
            return None
        head = self.heads.get(book)
        if head is None:
            return event
        book_name, _, rest = event.id.partition("/")
        named = rest.partition("/")[2]
        if book_name != head["name"] or named != str(sequence) or event.own_sequence != f"{sequence:019}":
            self.add("sequence", book, f"at {sequence} lies an event that calls itself {event.id}, {event.own_sequence}")
        return event

    def check_proofs(self):
        """Bytes against head and tiles, then against what was signed outside."""
        stored = {}
        columns = {"book": int, "level": int, "tile_index": int, "hashes": bytes}
        for book, level, index, found in self.books.rows("tile", columns, "book, level, tile_index"):
            stored.setdefault(book, {})[(level, index)] = found
        for book, tree in self.trees.items():
            if self.heads[book]["tree"] != tree.as_head_keeps_it():
                self.add("proof", book, "the head's tree is not that of its events")
            if stored.get(book, {}) != tree.tiles:
                self.add("proof", book, "the tiles are not those of its events")
        for checkpoint in self.checkpoints:
            self.check(checkpoint)

    def check(self, checkpoint):
        self.findings.saw("checkpoints")
        if not self.key.signs(checkpoint.note):
            self.findings.add("proof", f"{checkpoint.place}: a checkpoint our key did not sign")
        book = next((book for book, head in self.heads.items() if head["name"] == checkpoint.book), None)
        if book is None:
            self.findings.add("proof", f"{checkpoint.place}: book {checkpoint.book} was signed and is gone")
            return
        epoch = self.heads[book]["epoch"]
        if checkpoint.epoch < epoch:
            self.findings.saw("checkpoints of earlier epochs passed over")
        elif checkpoint.epoch > epoch or checkpoint.size > self.trees[book].size:
            self.add("proof", book, f"{checkpoint.size} events were signed, the log has {self.trees[book].size}")
        elif self.trees[book].roots[checkpoint.size] != checkpoint.root:
            self.add("proof", book, f"the first {checkpoint.size} events are not those that were signed")

    def add(self, kind, book, sentence):
        self.findings.add(kind, f"{self.heads[book]['name']}: {sentence}")
