"""What a record was called by mistake: who knows it by that name finds it, too."""

from __future__ import annotations

from b40cli.model.state.registry import Registry

# Where a record says what it is called.
NAMING = ("name", "native_name", "title", "names", "former_names")


def names_corrected(registry: Registry) -> dict[str, list[str]]:
    """The names that a correction replaced, by the path of the record that bore them."""
    found: dict[str, list[str]] = {}
    for path, corrections in registry.corrections().items():
        for each in corrections:
            of_its_own = each.at[0] in NAMING and each.at[-1] in ("name", *NAMING)
            if of_its_own and isinstance(each.was, str):
                found.setdefault(path, []).append(each.was)
    return found
