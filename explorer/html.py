"""Elements of HTML as plain values, with the names and attributes that `dash.html` has. Pure.

A page part holds hundreds of them, made anew with every click; Dash's own components, each of which looks at its
properties one by one, take several times as long. `drawn.py` makes of them what the browser draws.
"""

from typing import Any, ClassVar


class Element:
    """An element: its contents (an element, a text, None, or a list of these) and its attributes by the names that Dash
    gives them, such as `className`.
    """

    __slots__ = ("children", "given")
    tag: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        cls.tag = cls.__name__.lower()

    def __init__(self, children: Any = None, **given: Any) -> None:
        self.children = children
        self.given = given

    def __repr__(self) -> str:
        given = "".join(f", {key}={value!r}" for key, value in self.given.items())
        return f"{type(self).__name__}({self.children!r}{given})"


class A(Element):
    __slots__ = ()


class Aside(Element):
    __slots__ = ()


class Blockquote(Element):
    __slots__ = ()


class Br(Element):
    __slots__ = ()


class Button(Element):
    __slots__ = ()


class Code(Element):
    __slots__ = ()


class Details(Element):
    __slots__ = ()


class Dialog(Element):
    __slots__ = ()


class Div(Element):
    __slots__ = ()


class Em(Element):
    __slots__ = ()


class H2(Element):
    __slots__ = ()


class H3(Element):
    __slots__ = ()


class H4(Element):
    __slots__ = ()


class Header(Element):
    __slots__ = ()


class Hr(Element):
    __slots__ = ()


class Input(Element):
    """For what is drawn as plain data alone: Dash has none such."""

    __slots__ = ()


class Kbd(Element):
    __slots__ = ()


class Label(Element):
    __slots__ = ()


class Li(Element):
    __slots__ = ()


class Main(Element):
    __slots__ = ()


class Nav(Element):
    __slots__ = ()


class Ol(Element):
    __slots__ = ()


class Option(Element):
    __slots__ = ()


class P(Element):
    __slots__ = ()


class Pre(Element):
    __slots__ = ()


class S(Element):
    __slots__ = ()


class Section(Element):
    __slots__ = ()


class Select(Element):
    __slots__ = ()


class Span(Element):
    __slots__ = ()


class Strong(Element):
    __slots__ = ()


class Summary(Element):
    __slots__ = ()


class Table(Element):
    __slots__ = ()


class Tbody(Element):
    __slots__ = ()


class Td(Element):
    __slots__ = ()


class Textarea(Element):
    __slots__ = ()


class Th(Element):
    __slots__ = ()


class Thead(Element):
    __slots__ = ()


class Tr(Element):
    __slots__ = ()


class Ul(Element):
    __slots__ = ()
