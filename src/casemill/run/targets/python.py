"""A bot that is a Python function of the project."""

import asyncio
import inspect
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, nullcontext, redirect_stdout
from copy import deepcopy
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.word import digest_of
from casemill.errors import FileError, SettingsError, TargetError
from casemill.run.input import turns_of
from casemill.run.reply import reply_of
from casemill.run.targets import Around, Asked, Target
from casemill.run.threads import in_thread


class Python(Target):
    """`function` is written `module:function` (or `module:bot.answer`); the project folder is on `sys.path`.

    The function gets `(turns, context)`: a list of `{role, text}` and a dict. It may be async; a plain one runs in a
    thread of its own. It returns a text, a dict of a Reply's fields, or a Reply; a generator's texts are joined.
    """

    function: str

    def __post_init__(self) -> None:
        module, _, name = self.function.partition(":")
        if not module or not all(part.isidentifier() for part in name.split(".")):
            raise ValueError("function is written module:function")

    def files(self, root: Path) -> Iterator[str]:
        path = root / (self.function.partition(":")[0].replace(".", "/") + ".py")
        if path.is_file():
            yield digest_of(path.read_bytes())

    @asynccontextmanager
    async def opened(self, around: Around) -> AsyncIterator[Asked]:
        root = str(around.root)
        sys.path.insert(0, root)
        try:
            # What a bot prints is no part of the report. Beside somebody else's program its output is theirs to guide.
            ours = threading.current_thread() is threading.main_thread()
            with redirect_stdout(sys.stderr) if ours else nullcontext():
                yield Called(self.function, _function(self.function), around.timeout)
        finally:
            if root in sys.path:  # the bot may have tidied up itself
                sys.path.remove(root)


class Called(NamedTuple):
    """A function that answers a case, sync or async, within so many seconds."""

    name: str
    function: Callable[..., Any]
    timeout: float

    async def ask(self, case: Case) -> Reply:
        turns, context = deepcopy((turns_of(case), case.input.context))  # what the bot does to them stays there
        limit = asyncio.timeout(self.timeout)
        try:
            async with limit:
                if inspect.iscoroutinefunction(self.function):
                    return reply_of(await self.function(turns, context))
                answer = await in_thread(_whole, self.function, (turns, context))
                if inspect.isasyncgen(answer):
                    return reply_of("".join([str(part) async for part in answer]))
                return reply_of(await answer if inspect.isawaitable(answer) else answer)
        except TimeoutError:
            if not limit.expired():
                raise
            raise TargetError(f"{self.name} gave no answer within {self.timeout:g} s") from None


def _whole(function: Callable[..., Any], told: tuple[Any, ...]) -> Any:
    """What a plain function returns; what it yields, joined."""
    answer = function(*told)
    return "".join(map(str, answer)) if inspect.isgenerator(answer) else answer


def _function(where: str) -> Callable[..., Any]:
    module, _, name = where.partition(":")
    try:
        function = attrgetter(name)(import_module(module))
    except SyntaxError as error:
        raise FileError(error.filename or module, f"is not Python: {error.msg}", line=error.lineno) from None
    except ImportError as error:
        raise SettingsError(f"the target {where} cannot be imported: {error}") from None
    except AttributeError:
        raise SettingsError(f"the target {where}: {module} has no {name}") from None
    if not callable(function):
        raise SettingsError(f"the target {where} cannot be called")
    return function  # type: ignore[no-any-return]
