"""Serving the app with waitress, and finding a port that is free."""

import socket

import waitress
from dash import Dash

THREADS = 8
TRIES = 50


def serve(app: Dash, host: str, port: int) -> None:
    """Serve until the process is told to end."""
    waitress.serve(app.server, host=host, port=port, threads=THREADS, ident=None, clear_untrusted_proxy_headers=True)


def free_port(host: str, wanted: int) -> int:
    """The wanted port, else the next one that is free; 0 asks for any. Raises OSError when there is none."""
    if wanted == 0:
        return _bound(host, 0)
    for port in range(wanted, min(wanted + TRIES, 65536)):
        try:
            return _bound(host, port)
        except PermissionError:
            raise
        except OSError:
            continue
    raise OSError(f"No port from {wanted} to {min(wanted + TRIES, 65536) - 1} is free on {host}: choose another.")


def _bound(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        return int(probe.getsockname()[1])
