"""A registry that follows another keeps what stays true, and only that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from b40cli.model.state.incremental import Following, MovingRegistry
from b40cli.model.state.registry import Registry
from b40cli.store.moving_tree import Changed, MovingTree

ONE, OTHER = "registry/members/al-one.yaml", "registry/members/bg-other.yaml"


def standing() -> MovingRegistry:
    texts = {ONE: '{"id":"al-one","note":"first"}', OTHER: '{"id":"bg-other","note":"second"}'}
    return MovingRegistry(MovingTree(dict.fromkeys(texts, "0" * 40), texts))


def following(before: MovingRegistry, *nodes: object, **texts: str | None) -> Following:
    """After a change; `one` and `new` name the records."""
    paths = {"one": ONE, "new": "registry/members/ba-new.yaml"}
    changes = {paths[n]: None if text is None else ("1" * 40, text) for n, text in texts.items()}
    state = before.records
    assert isinstance(state, MovingTree)
    return Following(before, Changed(state, changes), (*changes, *nodes))


def counted(calls: list[str], name: str, look: Callable[[], object]) -> Callable[[], object]:
    def make() -> object:
        calls.append(name)
        return look()

    return make


def note(registry: Registry, path: str) -> object:
    return (registry.data(path) or {}).get("note")


def test_what_a_change_does_not_touch_is_worked_out_once() -> None:
    before = standing()
    calls: list[str] = []

    def asked(registry: Registry) -> object:
        return registry.remember("other", counted(calls, "other", lambda: note(registry, OTHER)))

    assert asked(before) == asked(following(before, one='{"note":"third"}')) == "second"
    assert calls == ["other"]


def test_what_rests_on_a_change_is_worked_out_anew_also_through_another_value() -> None:
    before = standing()
    calls: list[str] = []

    def asked(registry: Registry) -> object:
        def through() -> object:
            return registry.remember("inner", counted(calls, "inner", lambda: note(registry, ONE)))

        return registry.remember("outer", counted(calls, "outer", through))

    assert asked(before) == "first"
    after = following(before, one='{"note":"third"}')
    assert (asked(after), asked(before), asked(after)) == ("third", "first", "third")
    assert calls == ["outer", "inner"] * 2
    after.settle()
    assert isinstance(after.records, Changed)
    after.records.settle()
    assert asked(before) == "third"
    assert calls == ["outer", "inner"] * 2


def test_what_was_decoded_after_the_change_is_not_decoded_again() -> None:
    before, calls = standing(), list[str]()

    def decode(path: str, data: Mapping[str, Any]) -> str:
        calls.append(path)
        return str(data["note"])

    after = following(before, one='{"note":"third"}')
    assert [r._fact(ONE, decode) for r in (before, after)] == ["first", "third"]
    after.settle()
    assert isinstance(after.records, Changed)
    after.records.settle()
    assert before._fact(ONE, decode) == "third"
    assert calls == [ONE, ONE]


def test_what_only_after_the_change_was_asked_for_is_not_kept_for_before() -> None:
    before = standing()
    after = following(before, one='{"note":"third"}')
    assert after.remember("late", lambda: note(after, ONE)) == "third"
    assert before.remember("late", lambda: note(before, ONE)) == "first"
    assert after.remember("late", lambda: note(after, ONE)) == "third"


def test_what_before_was_asked_for_in_the_meantime_does_not_hide_the_change() -> None:
    before = standing()
    after = following(before, one='{"note":"third"}')
    assert before.remember("late", lambda: note(before, ONE)) == "first"
    assert after.remember("late", lambda: note(after, ONE)) == "third"


def test_lists_of_names_move_when_a_record_comes() -> None:
    before = standing()
    assert before.paths("members/") == (ONE, OTHER)
    after = following(before, "registry/", "registry/members/", new="{}")
    assert after.paths("members/") == (ONE, "registry/members/ba-new.yaml", OTHER)
    assert before.paths("members/") == (ONE, OTHER)


def test_a_word_that_comes_makes_stale_what_looked_for_it() -> None:
    before = standing()

    def who(registry: Registry) -> object:
        return registry.remember("who", lambda: registry.naming("annuls"))

    assert who(before) == ()
    after = following(before, "?annuls", one='{"annuls":"EC-2026-001"}')
    assert who(after) == (ONE,)


def test_a_refusal_to_answer_is_not_remembered() -> None:
    before = standing()

    def fails() -> object:
        raise LookupError

    for _ in range(2):
        try:
            before.remember("x", fails)
        except LookupError:
            continue
    assert before.remember("x", lambda: 1) == 1
