"""Stands between the product and PostgreSQL on a socket of its own, and cuts a connection exactly at COMMIT.

It reads the messages of PostgreSQL's protocol (version 3, "Message Formats") far enough to know which one commits: a
simple query, or a Bind to a statement whose Parse said COMMIT. Cut `before`, the server never sees the COMMIT; cut
`after`, the server has committed and the answer never goes back. Both look the same to the client, which has to find
out.
"""

import os
import socket
import struct
import threading

SOCKET_NAME = ".s.PGSQL.5432"
# Requests for encryption, which have no type byte and are answered by one letter.
SSL_REQUEST, GSS_REQUEST = 80877103, 80877104


class Proxy:
    """Listens in `directory` for clients of the server that listens in `upstream`."""

    def __init__(self, directory, upstream):
        os.makedirs(directory, exist_ok=True)
        self.path = os.path.join(directory, SOCKET_NAME)
        self.upstream = os.path.join(upstream, SOCKET_NAME)
        self.lock = threading.Lock()
        self.armed = None
        self.cut_count = 0
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        os.chmod(self.path, 0o777)
        self.listener.listen(64)
        threading.Thread(target=self.accept, daemon=True).start()

    def arm(self, moment):
        """The next COMMIT of any connection is cut `before` or `after`."""
        with self.lock:
            self.armed = moment

    def is_armed(self):
        return self.armed is not None

    def disarm(self):
        """What to do with the COMMIT at hand; None for nothing."""
        with self.lock:
            moment, self.armed = self.armed, None
            self.cut_count += moment is not None
            return moment

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=Connection(self, client).run, daemon=True).start()

    def close(self):
        self.listener.close()
        os.unlink(self.path)


class Connection:
    """One client's way to the server and back."""

    def __init__(self, proxy, client):
        self.proxy = proxy
        self.client = client
        self.server = socket.socket(socket.AF_UNIX)
        self.statements = {}
        self.is_waiting_for_commit = False

    def run(self):
        try:
            self.server.connect(self.proxy.upstream)
            self.greet()
            threading.Thread(target=self.backward, daemon=True).start()
            self.forward()
        except (OSError, EOFError):
            pass
        self.cut()

    def cut(self):
        for end in (self.client, self.server):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def greet(self):
        """Passes the first message on; encryption is turned down, since nothing could be read through it."""
        while True:
            head = received(self.client, 8)
            length, code = struct.unpack("!II", head)
            if code not in (SSL_REQUEST, GSS_REQUEST):
                self.server.sendall(head + received(self.client, length - 8))
                return
            self.client.sendall(b"N")

    # MARK: From the client

    def forward(self):
        while True:
            kind, body = message(self.client)
            if not self.is_commit(kind, body):
                self.server.sendall(kind + struct.pack("!I", len(body) + 4) + body)
                continue
            moment = self.proxy.disarm()
            if moment == "before":
                return
            # Raised before the server can answer, so that no answer slips past.
            self.is_waiting_for_commit = moment == "after"
            self.server.sendall(kind + struct.pack("!I", len(body) + 4) + body)

    def is_commit(self, kind, body):
        if kind == b"Q":
            return is_commit(body)
        if kind == b"P":
            name, text = body.split(b"\0")[:2]
            self.statements[name] = text
        if kind == b"B":
            return is_commit(self.statements.get(body.split(b"\0")[1], b""))
        return False

    # MARK: From the server

    def backward(self):
        try:
            while True:
                kind, body = message(self.server)
                if self.is_waiting_for_commit and kind == b"C" and body == b"COMMIT\0":
                    break
                self.client.sendall(kind + struct.pack("!I", len(body) + 4) + body)
        except (OSError, EOFError):
            pass
        self.cut()


def is_commit(text):
    return text.strip(b"\0 ;\n").upper().startswith(b"COMMIT")


def message(end):
    kind = received(end, 1)
    length = struct.unpack("!I", received(end, 4))[0]
    return kind, received(end, length - 4)


def received(end, count):
    """Exactly so many bytes. :raises EOFError: the other side has closed."""
    parts, left = [], count
    while left:
        part = end.recv(left)
        if not part:
            raise EOFError
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
