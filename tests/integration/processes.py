"""What the tests with processes of their own share: terms to load, and the way to the test's server."""

from graph.connection import Graph

TERMS = 40


def terms(word: str, first: int = 0, set_id: str = "s", count: int = TERMS) -> str:
    """A set of so many terms, with a relation and a former id each."""
    lines = [f"set: {set_id}", "terms:"]
    for number in range(first, first + count):
        other = first + (number * 7 + 1) % count
        related = f", related: [{{to: T{other}, kind: uses}}]" if other != number else ""
        lines.append(f"- {{name: T{number}, definition: {word} {number}., formerly: [old-{word}-{number}]{related}}}")
    return "\n".join(lines)


def environment(graph: Graph) -> dict[str, str]:
    """The settings by which a command finds the test's server."""
    if graph.accounts.bundled:
        return {"CONCEPTMAP_HOME": str(graph.settings.home), "CONCEPTMAP_ENGINE": graph.settings.engine}
    user, password = graph.accounts.writer
    return {"NEO4J_URI": graph.accounts.uri, "NEO4J_USERNAME": user, "NEO4J_PASSWORD": password}
