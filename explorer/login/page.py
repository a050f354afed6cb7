"""The page on which one logs in. Pure: from what it shall say to its text."""

from html import escape
from pathlib import Path
from string import Template

from explorer import security

TEMPLATE = Path(__file__).parent / "template.html"
ASSETS = Path(__file__).parent.parent / "assets"
FILES = ("icon.svg", "theme.js", "conceptmap.css", "login.css")
POLICY = security.policy((), forms="'self'")


def page(onward: str, name: str = "", error: str = "") -> str:
    """The form; `onward` is where to go after it, `error` why the last attempt failed."""
    told = f'<p class="refusal" role="alert" id="login-error">{escape(error)}</p>' if error else ""
    form = _part("form").substitute(
        told=told,
        onward=escape(onward),
        name=escape(name),
        described=' aria-describedby="login-error"' if error else "",
        first="" if name else " autofocus",
        second=" autofocus" if name else "",
    )
    return _page(form)


def closed(sentence: str) -> str:
    """The page for whoever comes another way than through the proxy that logs people in."""
    return _page(f'<p class="refusal" role="alert">{escape(sentence)}</p>')


def _page(content: str) -> str:
    times = {name.partition(".")[0]: str(int((ASSETS / name).stat().st_mtime)) for name in FILES}
    return _part("page").substitute(content=content, **times)


def _part(name: str) -> Template:
    parts = TEMPLATE.read_text(encoding="utf-8").split("<!-- form -->\n")
    return Template(parts[name == "form"])


def local(address: str) -> str:
    """The address if it is one of ours, else the overview: nobody shall be led elsewhere."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if ours and "\\" not in address else "/"
