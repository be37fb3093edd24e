"""Arguments and options that several commands share, in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

File = Path | None
AnyMeeting = Annotated[str, typer.Argument(help="The meeting, for example 2026-12-15-ec.")]
AssemblyMeeting = Annotated[str, typer.Argument(help="The meeting, for example 2027-01-26-ga.")]
Person = Annotated[
    str | None, typer.Option("--person", help="Who decided; else the President's mayor on record.")
]
SignedDecision = Annotated[
    File, typer.Option("--evidence", help="The President's signed decision.")
]
Why = Annotated[str | None, typer.Option("--grounds", help="Why.")]
