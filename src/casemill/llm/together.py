"""The one bridge from plain code to async code."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def together(work: Coroutine[Any, Any, Result]) -> Result:
    """Run async work to its end from plain code and return what it returns; Ctrl-C cancels it first."""
    return asyncio.run(work)
