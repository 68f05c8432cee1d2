"""Stands between the product and PostgreSQL, and cuts a connection exactly at COMMIT, or in the midst of a batch.

It reads the messages of PostgreSQL's protocol (version 3, "Message Formats") far enough to know which one commits, or
writes events: a simple query, or a Bind to a statement whose Parse said so. Cut `before`, the server never sees the
COMMIT; cut `after`, the server has committed and the answer never goes back. Both look the same to the client, which
has to find out. Cut `within`, the server has half of a message that writes the batch's events. Cut `everywhere`, every
other connection is cut, too, when one is cut before its COMMIT.

On sockets of the machine (`Proxy`) a cut connection is closed, and both sides are told. On TCP (`SilentProxy`) it is
lost: nobody is told anything, and every packet that comes for it is swallowed, keepalives too, as by a firewall that
has forgotten it or a cable that was pulled. Only the time-outs of either side end it.
"""

import ctypes
import fcntl
import os
import socket
import struct
import termios
import threading
import time

SOCKET_NAME = ".s.PGSQL.5432"
# Requests for encryption, which have no type byte and are answered by one letter.
SSL_REQUEST, GSS_REQUEST = 80877103, 80877104
# Of <asm-generic/socket.h> and <linux/bpf_common.h>.
SO_ATTACH_FILTER, BPF_RETURN = 26, 0x06
DRAIN_SECONDS_MAX = 1
CUT_SECONDS_MAX = 30


class Proxy:
    """Listens in `directory` for clients of the server that listens in `upstream`."""

    def __init__(self, directory, upstream):
        os.makedirs(directory, exist_ok=True)
        self.path = os.path.join(directory, SOCKET_NAME)
        self.upstream = os.path.join(upstream, SOCKET_NAME)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.path)
        os.chmod(self.path, 0o777)
        self.begin(listener)

    def begin(self, listener):
        self.lock = threading.Lock()
        self.armed = None
        self.connections = []
        self.listener = listener
        self.listener.listen(64)
        threading.Thread(target=self.accept, daemon=True).start()

    def take(self):
        """The next client."""
        return self.listener.accept()[0]

    def connect(self):
        """A connection of its own to the server."""
        server = socket.socket(socket.AF_UNIX)
        server.connect(self.upstream)
        return server

    def lose(self, connection):
        """What becomes of a connection that is cut."""
        connection.close()

    def lose_all(self):
        for connection in list(self.connections):
            self.lose(connection)

    def arm(self, moment):
        """The next batch of any connection is cut `before` its COMMIT, `after` it, `within` its events, or `everywhere`."""
        with self.lock:
            self.armed = moment

    def cut(self, moment, verdict):
        """Waits until a batch came by and was cut. Answers whether one did."""
        self.arm(moment)
        deadline = time.monotonic() + CUT_SECONDS_MAX
        while self.armed is not None:
            if time.monotonic() > deadline:
                verdict.fail(f"no batch came by to be cut {moment}")
                return False
            time.sleep(0.005)
        verdict.count("rounds")
        return True

    def disarm(self, *moments):
        """What to do with the message at hand, where it is one of these moments' turn; None for nothing."""
        with self.lock:
            if self.armed not in moments:
                return None
            moment, self.armed = self.armed, None
            return moment

    def accept(self):
        while True:
            try:
                client = self.take()
            except OSError:
                return
            threading.Thread(target=Connection(self, client).run, daemon=True).start()

    def close(self):
        self.listener.close()
        os.unlink(self.path)


class SilentProxy(Proxy):
    """Listens on a port for clients of the server at another, and cuts without a word."""

    def __init__(self, upstream_port):
        self.upstream_port = upstream_port
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        self.lost = []
        self.begin(listener)

    def take(self):
        return at_once(super().take())

    def connect(self):
        return at_once(socket.create_connection(("127.0.0.1", self.upstream_port)))

    def lose(self, connection):
        """Kept, so that neither side is told by its being closed."""
        if connection.is_lost:
            return
        connection.is_lost = True
        for end in (connection.client, connection.server):
            drain(end)
            swallow(end)
        self.lost.append(connection)

    def close(self):
        self.listener.close()
        for connection in self.lost:
            connection.close()


def at_once(end):
    """Each message is passed on as it comes, and none waits to be sent together with the next."""
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return end


def drain(end):
    """Waits until the other side has acknowledged what was sent: what is sent again later would tell it that somebody is there."""
    deadline = time.monotonic() + DRAIN_SECONDS_MAX
    unsent = struct.pack("I", 0)
    while struct.unpack("I", fcntl.ioctl(end, termios.TIOCOUTQ, unsent))[0] and time.monotonic() < deadline:
        time.sleep(0.001)


def swallow(end):
    """Has the kernel drop every packet that comes for a TCP socket before TCP sees it: nothing is acknowledged any more.

    It is a filter of one instruction, "keep 0 bytes", which everybody may set on a socket of theirs.
    """
    instruction = ctypes.create_string_buffer(struct.pack("HBBI", BPF_RETURN, 0, 0, 0))
    end.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("@HL", 1, ctypes.addressof(instruction)))


class Cut(Exception):
    """It was this connection's turn."""


class Connection:
    """One client's way to the server and back."""

    def __init__(self, proxy, client):
        self.proxy = proxy
        self.client = client
        self.server = None
        self.statements = {}
        self.is_waiting_for_commit = False
        self.is_lost = False

    def run(self):
        try:
            self.server = self.proxy.connect()
            self.proxy.connections.append(self)
            self.greet()
            threading.Thread(target=self.backward, daemon=True).start()
            self.forward()
        except Cut:
            self.proxy.lose(self)
            return
        except (OSError, EOFError):
            pass
        self.close()

    def close(self):
        if self in self.proxy.connections:
            self.proxy.connections.remove(self)
        for end in filter(None, (self.client, self.server)):
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
            whole = kind + struct.pack("!I", len(body) + 4) + body
            text = self.statement(kind, body)
            if is_commit(text):
                moment = self.proxy.disarm("before", "after", "everywhere")
                if moment == "everywhere":
                    self.proxy.lose_all()
                if moment in ("before", "everywhere"):
                    raise Cut
                # Raised before the server can answer, so that no answer slips past.
                self.is_waiting_for_commit = moment == "after"
            elif writes_events(text) and self.proxy.disarm("within"):
                self.server.sendall(whole[:len(whole) // 2])
                raise Cut
            self.server.sendall(whole)

    def statement(self, kind, body):
        """The statement that a message has run; empty for one that runs none."""
        if kind == b"Q":
            return body
        if kind == b"P":
            name, text = body.split(b"\0")[:2]
            self.statements[name] = text
        if kind == b"B":
            return self.statements.get(body.split(b"\0")[1], b"")
        return b""

    # MARK: From the server

    def backward(self):
        try:
            while True:
                kind, body = message(self.server)
                if self.is_waiting_for_commit and kind == b"C" and body == b"COMMIT\0":
                    self.proxy.lose(self)
                    return
                if self.is_lost:
                    return
                self.client.sendall(kind + struct.pack("!I", len(body) + 4) + body)
        except (OSError, EOFError):
            pass
        self.close()


def is_commit(text):
    return text.strip(b"\0 ;\n").upper().startswith(b"COMMIT")


def writes_events(text):
    return b"INSERT INTO EVENT (" in text.upper()


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
