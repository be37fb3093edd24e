"""The principals' keys as SSH reads them: a file of allowed signers, and fingerprints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from b40cli.model.day import LEGAL_ZONE
from b40cli.model.facts.trust import Key, Principal

PGP = "gpg:"


def allowed_signers(principals: Iterable[Principal], zone: str = "Z") -> str:
    """A file for git's gpg.ssh.allowedSignersFile; one line a key, with its days.

    `zone` follows each time: `Z` is UTC for OpenSSH 9.1 and later; an earlier one knows only the
    machine's own zone, for which it is left out. What is no SSH key, or is never in force, has no
    line.
    """
    return "".join(
        f'{principal.id} namespaces="git",{_days(key, zone)} {key.key}\n'
        for principal in principals
        for key in principal.keys
        if fingerprint(key.key).startswith("SHA256:") and key.start != key.until
    )


def _days(key: Key, zone: str) -> str:
    """SSH counts the last second in, the register counts the last day out."""
    after = f'valid-after="{_instant(key.start, 0)}{zone}"'
    if key.until is None:
        return after
    return f'{after},valid-before="{_instant(key.until, -1)}{zone}"'


def _instant(day: date, seconds: int) -> str:
    """The beginning of a day in Istanbul, told in UTC."""
    from datetime import UTC, datetime, timedelta
    from zoneinfo import ZoneInfo

    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(LEGAL_ZONE)).astimezone(UTC)
    return (start + timedelta(seconds=seconds)).strftime("%Y%m%d%H%M%S")


def fingerprint(key: str) -> str:
    """What git calls the key: `SHA256:…` of an SSH key, the hexadecimal digits of an OpenPGP one.

    Empty where it is none: the bytes of an SSH key begin with the name of their own type.
    """
    from base64 import b64decode, b64encode
    from hashlib import sha256

    if key.startswith(PGP):
        return key.removeprefix(PGP)
    sort, _blank, coded = key.partition(" ")
    try:
        data = b64decode(coded, validate=True)
    except ValueError:  # signs that base64 does not have, or that are not ASCII
        return ""
    name = sort.encode()
    if data[: 4 + len(name)] != len(name).to_bytes(4, "big") + name:
        return ""
    return "SHA256:" + b64encode(sha256(data).digest()).decode().rstrip("=")
