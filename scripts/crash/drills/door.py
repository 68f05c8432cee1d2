"""What stands in front of several processes, as a balancer does: who knocks is let through to one that answers."""

import socket
import threading


class Door:
    """Listens on a port of its own and passes every connection on to `port`."""

    def __init__(self, port):
        self.port = port
        self.lock = threading.Lock()
        self.open_ends = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.listener.getsockname()[1]}"

    def turn_to(self, port):
        """Who was let through to another process has to knock again: that one may never answer."""
        with self.lock:
            self.port = port
            ends, self.open_ends = self.open_ends, set()
        for end in ends:
            shut(end)

    def close(self):
        self.listener.close()
        self.turn_to(self.port)

    def accept(self):
        while True:
            try:
                caller, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.port), timeout=5)
            except OSError:
                caller.close()
                continue
            server.settimeout(None)
            with self.lock:
                self.open_ends |= {caller, server}
            for source, sink in ((caller, server), (server, caller)):
                threading.Thread(target=self.carry, args=(source, sink), daemon=True).start()

    def carry(self, source, sink):
        try:
            while data := source.recv(65_536):
                sink.sendall(data)
        except OSError:
            pass
        with self.lock:
            self.open_ends -= {source, sink}
        shut(source)
        shut(sink)


def shut(end):
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
