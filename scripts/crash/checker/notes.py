"""Signed checkpoints outside the database: C2SP signed notes over C2SP tlog-checkpoints, in a directory of files."""

import base64
import glob
import json
import os

from . import ed25519


class VerifierKey:
    """`name+hash+base64`, where the first byte of the key says Ed25519."""

    def __init__(self, text):
        self.name, self.hash, key = text.strip().split("+", 2)
        data = base64.b64decode(key)
        if data[:1] != b"\x01":
            raise ValueError("the key is not Ed25519")
        self.public_key = data[1:]

    def signs(self, note):
        """Whether one of the note's signature lines is ours and right."""
        text, _, signatures = note.rpartition("\n\n")
        for line in signatures.splitlines():
            dash, name, encoded = (line.split(" ") + ["", ""])[:3]
            data = base64.b64decode(encoded)
            if dash == "—" and name == self.name and data[:4].hex() == self.hash:
                return ed25519.is_valid(self.public_key, (text + "\n").encode(), data[4:])
        return False


class Checkpoint:
    """Which log, how many events, and the root of their tree."""

    def __init__(self, note, place):
        self.note = note
        self.place = place
        origin, size, root = note.split("\n")[:3]
        _, self.book, epoch = origin.split("/")
        self.epoch = int(epoch)
        self.size = int(size)
        self.root = base64.b64decode(root)


def checkpoints(directory):
    """All that lie in the directory: the last of each log, and those before it. A last line cut off by a kill is none."""
    for path in sorted(glob.glob(os.path.join(glob.escape(directory), "*.checkpoint"))):
        with open(path, encoding="utf-8") as file:
            yield Checkpoint(file.read(), os.path.basename(path))
    for path in sorted(glob.glob(os.path.join(glob.escape(directory), "*.checkpoints.jsonl"))):
        with open(path, encoding="utf-8") as file:
            for line in file.read().split("\n")[:-1]:
                try:
                    note = json.loads(line)["checkpoint"]
                except ValueError:
                    continue
                yield Checkpoint(note, os.path.basename(path))
