"""A few inputs of `make fuzz` by a plain mutator, and all that once showed something."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from tests.fuzzing import TARGETS, kept, mutated

MANY = {"reader": 300, "records": 300, "tables": 25, "workbooks": 8, "lists": 8}


@pytest.mark.parametrize("name", MANY)
def test_a_few_inputs(name: str) -> None:
    """The certificate's are in test_verifier.py, which has one."""
    target = TARGETS[name]
    for data in islice(mutated(target.seeds(), Random(40)), MANY[name]):
        target.put(data)


@pytest.mark.parametrize("name", TARGETS)
def test_what_once_showed_something(name: str) -> None:
    for data in kept(name):
        TARGETS[name].put(data)
