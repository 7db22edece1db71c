"""A socket on loopback whose other end does what it is told, and one exchange of a commune with it."""

import socket
import threading
from contextlib import closing, contextmanager

from desktop.sync import client
from desktop.sync.client import Line

BODY = bytes(range(256)) * 40


def exchange(url, body=BODY, **line):
    with client.Wire(Line(url, **line)) as wire:
        return wire.exchange(client.REPORTS, body)


@contextmanager
def listening(talk, context=None):
    """A socket on loopback; ``talk(connection)`` is what its other end does. Gives the address and who called."""
    callers = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def accept():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                callers.append(connection)
                threading.Thread(target=handled, args=(connection,), daemon=True).start()

        def handled(connection):
            try:
                if context is not None:
                    connection = context.wrap_socket(connection, server_side=True)
                talk(connection)
            except OSError:
                pass
            finally:
                connection.close()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}", callers
        finally:
            server.shutdown(socket.SHUT_RDWR)
    thread.join()


def heard(connection):
    """All of a request: head and body."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            raise ConnectionError("nobody asks any more")
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    size = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    while len(body) < size:
        body += connection.recv(65536)
    return head.decode(), body
