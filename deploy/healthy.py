"""Is the explorer of this container ready? The exit code says so: 0 when it is.

It imports next to nothing, for Docker runs it every few seconds.
"""

import http.client
import os
import sys

SECONDS = 4.0


def status(port: int) -> int:
    """What `/readyz` answers; 0 when nobody does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(status(int(os.environ.get("CONCEPTMAP_PORT") or 8050)) != http.HTTPStatus.OK)
