"""The single-file page: a map, a search and all texts of some terms in one HTML file that needs no server."""

from explorer.page_export.book import Book, PageSet, PageTerm, titles_told
from explorer.page_export.document import document

__all__ = ["Book", "PageSet", "PageTerm", "document", "titles_told"]
