"""A check of one's own: a Python function of the project."""

import hashlib
import importlib.util
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.reply import Reply
from casemill.errors import FileError, UsageError
from casemill.run.deadline import Late, within
from casemill.run.graders import Grader, Surroundings, unprepared

MOST_SECONDS, MOST_HANGS = 60.0, 3


class Python(Grader, omit_defaults=True):
    """Passes when `function`, written `module:function`, says so: it gets `(reply, case)` and the `arguments` by name.

    The module is a file of the project folder, no other. It returns true or false, or why the reply
    fails as a text (an empty one passes), or `{pass: …, reason: …}`. A function that raises, or takes more than
    `seconds`, is an error; after three that hung in a row it is not called again.
    """

    bare: ClassVar[str] = "function"

    function: str
    arguments: dict[str, Any] = {}
    seconds: float = 5.0

    def __post_init__(self) -> None:
        module, _, name = self.function.partition(":")
        if not all(part.isidentifier() for part in module.split(".")) or not name.isidentifier():
            raise ValueError("function is written module:function")
        if not 0 < self.seconds <= MOST_SECONDS:
            raise ValueError(f"seconds is more than 0, at most {MOST_SECONDS:g}")

    def prepared(self, around: Surroundings) -> Grader:
        found = _loaded(self.function, around.root)
        return _Ready(function=self.function, arguments=self.arguments, seconds=self.seconds, found=found)

    def yardsticks(self, around: Surroundings) -> tuple[str, ...]:
        path = os.path.relpath(_path(self.function.partition(":")[0], around.root), around.suite)
        return (PurePath(path).as_posix(),)

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        return unprepared(f"the function {self.function}")


class Function:
    """A function of the project that was found, and how often it hung since it last answered."""

    def __init__(self, call: Callable[..., Any], root: Path) -> None:
        self.call, self.root = call, root
        self.hung = 0


class _Ready(Python, omit_defaults=True):
    """The same, with the function at hand."""

    found: Function

    def look(self, reply: Reply, case: Case) -> Grade:
        if self.found.hung >= MOST_HANGS:
            return errored(f"{self.function} hung {MOST_HANGS} times and is not called any more")
        try:
            with _reachable(self.found.root), redirect_stdout(sys.stderr):
                answer = within(self.seconds, lambda: self.found.call(reply, case, **self.arguments))
        except Late:
            self.found.hung += 1
            return errored(f"{self.function} gave no answer within {self.seconds:g} s")
        self.found.hung = 0
        return _grade(answer, self.function)


def _grade(answer: Any, name: str) -> Grade:
    if isinstance(answer, Grade):
        return answer
    if isinstance(answer, dict) and isinstance(answer.get("pass"), bool):
        answer = (answer["pass"], str(answer.get("reason") or ""))
    if isinstance(answer, str):
        answer = (not answer.strip(), answer.strip())
    if isinstance(answer, bool):
        answer = (answer, "")
    if isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[0], bool):
        good, reason = answer
        return passed(str(reason)[:300]) if good else failed(str(reason)[:300] or f"{name} says no")
    return errored(f"{name} returned {type(answer).__name__}, which says neither yes nor no")


@contextmanager
def _reachable(root: Path) -> Iterator[None]:
    """The project folder is where modules are looked for, as long as its code runs."""
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        if str(root) in sys.path:  # other people's code may have tidied up itself
            sys.path.remove(str(root))


def _path(module: str, root: Path) -> Path:
    return root / f"{module.replace('.', '/')}.py"


def _loaded(where: str, root: Path) -> Function:
    module, _, name = where.partition(":")
    path = _path(module, root)
    if not path.is_file():
        raise UsageError(f"grader python: there is no file {path}", hint="its module is a file of the project folder")
    try:
        with _reachable(root), redirect_stdout(sys.stderr):
            function = getattr(_file(path, path.stat().st_mtime_ns), name, None)
    except SyntaxError as error:
        raise FileError(error.filename or path, f"is not Python: {error.msg}", line=error.lineno) from None
    except ImportError as error:
        raise UsageError(f"grader python: {where} cannot be imported: {error}") from None
    if not callable(function) or inspect.iscoroutinefunction(function):
        said = f"has no function {name}" if not callable(function) else f"{name} is async; a check is a plain function"
        raise UsageError(f"grader python: {path} {said}")
    return _kept(function, root)


@lru_cache(maxsize=64)
def _kept(call: Callable[..., Any], root: Path) -> Function:
    return Function(call, root)


@lru_cache(maxsize=64)
def _file(path: Path, _: int) -> Any:
    """A module of the project, apart from one of the same name elsewhere."""
    name = f"casemill_project_{hashlib.sha256(str(path).encode()).hexdigest()[:12]}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
