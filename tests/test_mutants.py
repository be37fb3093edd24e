"""The mutants themselves: what is broken, and that a test feels it; a few drawn by a seed."""

from __future__ import annotations

import ast
from random import Random

from b40cli.model.share import share_of
from tests.model import test_share as shares
from tests.mutants.covering import exchange, loaded, modules
from tests.mutants.operators import broken, mutants

SHARE = "model/share.py"
TEXT = '''
def f(a, b: int = 1):
    """Says more than one."""
    return a < b and [x for x in a if x] and f"no {1}" and "two words" and a.remember(
        "name", list(zip(a, a, strict=True))
    )


class C:
    """once"""
'''


def test_what_is_broken() -> None:
    """Neither a sentence, nor an annotation, nor a docstring, nor what an f-string says."""
    told = [f"{m.was} => {m.now}" for m in mutants("m", TEXT) if not m.was.startswith("return")]
    assert "a < b => a <= b" in told and "1 => 2" in told
    assert any(each.endswith("for x in a if True") for each in told)
    assert not any("words => " in each or "one" in each for each in told)
    assert not any(each.startswith(("'name' =>", "'once' =>", "True =>")) for each in told)


def test_a_few_are_felt() -> None:
    """Of a module whose tests are plain functions; afterwards the code is as it was."""
    text, functions = modules()[SHARE], loaded()
    every = [m for m in mutants(SHARE, text) if not m.at_import]
    try:
        for mutant in Random(40).sample(every, 8):
            assert exchange(functions, SHARE, broken(text, mutant))
            assert felt(), mutant
    finally:
        exchange(functions, SHARE, ast.parse(text))
        share_of.cache_clear()
    assert not felt()


def felt() -> bool:
    """Whether one of the tests of shares fails."""
    try:
        for whole, quorum, majority, of_all in shares.TABLE:
            shares.test_table(whole, quorum, majority, of_all)
        for whole in range(1, 30):
            shares.test_first_that_is_enough(whole)
        shares.test_share_of()
        shares.test_half_is_no_majority()
        shares.test_whole_of_nothing()
        for text in ("", "2", "2/", "/3", "0/3", "-1/3", "3/2", "2/0", "0.5", "66%"):
            shares.test_no_share(text)
    except BaseException:
        return True
    return False
