"""The words that the explorer says to people, in one voice: what is so, and what to do about it."""

EMPTY_TITLE = "Nothing is loaded yet"
EMPTY_TEXT = "Load a term set, and the map appears here by itself:"
EMPTY_COMMAND = "conceptmap load FILE"
EMPTY_MORE = "A file may be YAML or a glossary page; a folder loads every set in it."

TRIES_AGAIN = "This page tries again by itself."
DEFECT = "Something went wrong in the explorer; the server's log has the details. Try again, or reload the page."
NOT_DEFINED = "No loaded set defines this term; others only refer to it."
NO_DEFINITION = "This term has no definition."
NO_NEIGHBOURS = "No relations to other terms."
ALL_SHOWN = "All {total} neighbours are on the map."
ONE_SHOWN = "On the map."
SOME_SHOWN = "{shown} of {total} neighbours on the map"
SOME_HIDDEN = ", {hidden} hidden by the filter"
TERM_HIDDEN = "The filter hides this term on the map."
MAP_FULL = "The map is full: focus on a term to see its neighbours."
FIRST_HITS = "The first {hits} hits"
MAP_SHOWS = "{shown} of {total} shown"
NO_TERM = "There is no term “{term}” here."
NEAREST = "Did you mean one of these?"
NOTHING_FOUND = "Nothing found for “{words}”."
NOTHING_NEAR = "No name comes near it either. Try fewer letters, or another word."
INDEXING = "The search index is being built; names will be found in a moment."
HOST_REFUSED = (
    "This explorer is not served under the name {host!r}. Open it at http://127.0.0.1:{port}, "
    "or add the name to CONCEPTMAP_ALLOWED_HOSTS."
)
ORIGIN_REFUSED = "Requests from another site are refused: open the explorer's own page."
ROWS_CUT = "The first {rows:,} rows are shown."
ROWS = "{rows:,} rows in {seconds:.2f} s."
ONE_ROW = "1 row in {seconds:.2f} s."
NO_ROWS = "No rows in {seconds:.2f} s."


def count(number: int, one: str, many: str = "") -> str:
    """ "1 term", "1,204 terms"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
