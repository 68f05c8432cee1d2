"""The Merkle tree of RFC 6962, section 2.1, made again from the bytes of the events."""

import hashlib

TILE_LEVEL_STRIDE = 8


def leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows by leaves, and remembers the roots it is asked for and the hashes that are stored as tiles.

    `subtrees` are the roots of the complete subtrees, widest first: one for each bit set in the size.
    """

    def __init__(self, wanted_sizes):
        self.size = 0
        self.subtrees = []
        self.tiles = {}
        self.wanted_sizes = set(wanted_sizes)
        self.roots = {0: hashlib.sha256(b"").digest()} if 0 in self.wanted_sizes else {}

    def append(self, data):
        found, level, rest = leaf(data), 0, self.size
        while rest & 1:
            found = node(self.subtrees.pop(), found)
            rest >>= 1
            level += 1
            if level % TILE_LEVEL_STRIDE == 0:
                self.tiles[(level // TILE_LEVEL_STRIDE, rest)] = found
        self.subtrees.append(found)
        self.size += 1
        if self.size in self.wanted_sizes:
            self.roots[self.size] = self.root()

    def root(self):
        if not self.subtrees:
            return hashlib.sha256(b"").digest()
        root = self.subtrees[-1]
        for subtree in reversed(self.subtrees[:-1]):
            root = node(subtree, root)
        return root

    def as_head_keeps_it(self):
        """The size as eight bytes, big-endian, then the subtrees; nothing at all for the empty tree."""
        return self.size.to_bytes(8, "big") + b"".join(self.subtrees) if self.size else b""
