"""The explorer: the web page on which a reader meets the map of terms.

`explorer.app.create_app` makes it from a graph and settings; `explorer.serve` serves it. Nothing is imported here: the
process that makes a search index wants no page.
"""
