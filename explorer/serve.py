"""Serving the app with waitress, on a port that is free, and perhaps on a second one."""

import errno
import os
import socket
import sys
from collections.abc import Sequence

from dash import Dash
from waitress import create_server
from waitress.server import BaseWSGIServer, MultiSocketServer

THREADS = 40  # more than people's queries may hold (`runs.SEATS`), each for as long as it runs
TRIES = 50
BACKLOG = 1024
LARGEST_REQUEST = 1 << 20
# Seconds that a thread at work (the search index being made) keeps one waiting that has an answer to give, each time
# that one comes back from the database or the network: some 25 times a click.
TURN = 0.0005


def listen(app: Dash, doors: Sequence[socket.socket], behind_proxy: bool = False) -> BaseWSGIServer | MultiSocketServer:
    """A server that takes connections from now on; its `run` answers them until the process is told to end.

    `behind_proxy`: what a proxy says of a request is passed on; who is believed is decided in `login/proxies.py`.
    """
    sys.setswitchinterval(TURN)
    return create_server(
        app.server,
        sockets=list(doors),
        threads=THREADS,
        channel_request_lookahead=1,  # so that an answer that nobody waits for any more can be told from others
        ident=None,
        clear_untrusted_proxy_headers=not behind_proxy,
        max_request_body_size=LARGEST_REQUEST,
    )


def free_door(host: str, wanted: int) -> socket.socket:
    """A socket that listens on the wanted port, else on the next free one; 0 asks for any. Raises OSError."""
    if wanted == 0:
        return only_door(host, 0)
    for port in range(wanted, min(wanted + TRIES, 65536)):
        try:
            return only_door(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, f"it and the next {TRIES - 1} are taken")


def only_door(host: str, port: int) -> socket.socket:
    """A socket that listens on this port and no other. Raises OSError."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # so that a connection that has just ended doesn't hold its port
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(BACKLOG)
    except OSError:
        door.close()
        raise
    return door
