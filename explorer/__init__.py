"""The explorer: the web page on which a reader meets the map of terms.

`create_app` makes it from a graph and settings; `explorer.serve` serves it.
"""

from explorer.app import create_app

__all__ = ["create_app"]
