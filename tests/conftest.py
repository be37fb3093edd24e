"""What the whole suite shares: `--bless`, and a user of its own for git and for the caches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one option."""
    parser.addoption(
        "--bless", action="store_true", help="write tests/golden/ anew from what is said now"
    )


@pytest.fixture(autouse=True, scope="session")
def user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Who acts is said by the user's own settings: a repository's are not heard."""
    home = tmp_path_factory.mktemp("user")
    settings = home / "gitconfig"
    settings.write_text("[user]\n\tname = Clerk\n\temail = clerk@example.org\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield
