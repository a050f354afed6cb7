"""The search box takes what is typed, however fast."""

from typing import Any

TYPE = """() => new Promise((done) => {
  const box = document.getElementById("search");
  const put = (letter) => document.execCommand("insertText", false, letter);
  box.focus();
  put("a");
  setTimeout(() => put("c"));
  put("b");
  setTimeout(() => done(box.value), 200);
})"""


def test_letters_that_follow_one_another_fast_stay_in_their_order(open_page: Any) -> None:
    assert open_page().page.evaluate(TYPE) == "abc"
