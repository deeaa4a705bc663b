"""Writes the reference pages that come from the code: commands.md, settings.md, graders.md, targets.md,
detectors.md.

`--check` writes nothing and fails when a page is not what the code says; the tests call it so.
"""

import inspect
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import msgspec

from casemill.cli.main import COMMANDS, SUMMARIES, casemill
from casemill.personal.detectors import DETECTORS
from casemill.run.graders import GRADERS, list_argument
from casemill.run.targets import TARGETS
from casemill.settings import Model, Settings, load

HERE = Path(__file__).parent


def commands() -> str:
    """Every command's help, as a terminal of 100 columns shows it."""
    parts = ["# Commands", "", "Each command also says all this itself: `casemill COMMAND --help`.", ""]
    parts += [
        "Exit codes: 0 done or open · 1 shut · 2 usage, with file and line · 3 cannot tell: unjudged, or the world"
    ]
    parts += ["outside failed · 4 done, some put aside · 130 interrupted.", ""]
    top = click.Context(casemill, info_name="casemill")
    for name in COMMANDS:
        command = casemill.get_command(top, name)
        assert command is not None
        parts += [f"## casemill {name}", "", SUMMARIES[name], ""]
        parts += help_of(command, click.Context(command, parent=top, info_name=name))
    return "\n".join(parts)


def help_of(command: click.Command, context: click.Context) -> list[str]:
    context.max_content_width = context.terminal_width = 100
    lines = ["```text", command.get_help(context).rstrip(), "```", ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            lines += [f"### {context.command_path} {name}", ""]
            lines += help_of(below, click.Context(below, parent=context, info_name=name))
    return lines


def settings() -> str:
    parts = [
        "# Settings",
        "",
        "`casemill.toml` in the project folder. A variable `CASEMILL_SECTION_KEY` wins over the file.",
    ]
    parts += ["`casemill settings` shows every value and where it came from.", ""]
    defaults = load(Path("/nowhere"), environ={})
    for field in msgspec.structs.fields(Settings):  # type: ignore[arg-type]
        if not isinstance(field.type, type):  # the tables that the user names stand below
            continue
        parts += [f"## [{field.name}]", "", inspect.getdoc(field.type) or "", "", "| Setting | Default |", "|---|---|"]
        rows = [origin for origin in defaults.origins if origin.name.startswith(f"{field.name}.")]
        parts += [f"| `{row.name}` | `{as_toml(row.value)}` |" for row in rows] + [""]
    parts += ["## [model.NAME]", "", inspect.getdoc(Model) or "", "", "| Setting | Default |", "|---|---|"]
    parts += [f"| `{field.encode_name}` | {default_told(field)} |" for field in msgspec.structs.fields(Model)] + [""]
    parts += [
        "## [targets.NAME]",
        "",
        "One table for each AI under test; its keys are those of its kind: see [targets](targets.md).",
        "",
    ]
    return "\n".join(parts)


def as_toml(value: Any) -> str:
    return "unset" if value in (None, msgspec.UNSET) else msgspec.json.encode(value).decode()


def graders() -> str:
    parts = [
        "# Graders",
        "",
        "What may stand under `assert:` in a case. All but `judge` look: they need no model and give",
    ]
    parts += ["the same answer every time. A crash inside a grader is an error, never a fail, and so is whatever a"]
    parts += ["grader cannot tell. One word may stand for the argument that is marked ●: `- checks: support_draft` is"]
    parts += ["`- checks: {preset: support_draft}`. A list alone stands for the one that is marked ◆:"]
    parts += ["`- not_contains: [a, b]` is `- not_contains: {any: [a, b]}`; where a grader takes `any` and `all`, a"]
    parts += ["list of several has to say which. Which to take: [how to](../howto/graders.md).", ""]
    for name in GRADERS.table:
        kind = GRADERS.get(name)
        parts += [_marked(line, kind) for line in fields_of(name, kind, column="Argument")]
    return "\n".join(parts)


def _marked(line: str, kind: type[Any]) -> str:
    """A row of arguments, signed where one word or a list alone stands for the argument."""
    argument = line.split("`")[1] if line.startswith("| `") else ""
    stands = ((kind.bare, "●"), (list_argument(kind), "◆"))
    signs = "".join(f" {sign}" for name, sign in stands if name and name == argument)
    return line.replace("` |", f"`{signs} |", 1)


def detectors() -> str:
    parts = [
        "# Detectors",
        "",
        "What `anonymize` and `casemill mask` find by form, and what `no_pii` looks for. People are",
    ]
    parts += ["found when the payload names them or `--known` does. Dates, amounts, durations, statuses and the"]
    parts += ["words of `[anonymize] keep` stay.", "", "| Detector | Finds |", "|---|---|"]
    for name, where in DETECTORS.table.items():
        first = inspect.getdoc(import_module(where.split(":")[0])) or ""
        parts.append(f"| {name} | {' '.join(first.split())} |")
    return "\n".join(parts)


def targets() -> str:
    parts = [
        "# Targets",
        "",
        "The AI under test: one table `[targets.NAME]` in casemill.toml for each, with its `kind` and the",
    ]
    parts += ["keys below. Expectations are never told to a target; input turns and context are. `price`, in US"]
    parts += ["dollars for a million tokens (`{input = 0.15, output = 0.6}`), gives every reply that tells its tokens"]
    parts += ['a cost. A table with `like = "bot"` is that one with its own keys laid over. See']
    parts += ["[how to](../howto/targets.md).", ""]
    for name in TARGETS.table:
        parts += fields_of(name, TARGETS.get(name), column="Key")
    return "\n".join(parts)


def fields_of(name: str, word: type, *, column: str) -> list[str]:
    """A grader's or target's docstring and a table of its fields."""
    lines = [f"## {name}", "", inspect.getdoc(word) or "", "", f"| {column} | Default |", "|---|---|"]
    for field in msgspec.structs.fields(word):
        lines.append(f"| `{field.encode_name}` | {default_told(field)} |")
    return [*lines, ""]


def default_told(field: msgspec.structs.FieldInfo) -> str:
    return "required" if field.required else f"`{as_toml(default_of(field))}`"


def default_of(field: msgspec.structs.FieldInfo) -> Any:
    return field.default_factory() if field.default is msgspec.NODEFAULT else field.default


PAGES = {
    "commands.md": commands,
    "settings.md": settings,
    "graders.md": graders,
    "targets.md": targets,
    "detectors.md": detectors,
}


def main() -> None:
    stale = []
    for name, write in PAGES.items():
        path, text = HERE / name, write().rstrip() + "\n"
        if not path.exists() or path.read_text() != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text)
    if "--check" in sys.argv and stale:
        sys.exit(f"not what the code says: {', '.join(stale)}; run python docs/reference/generate.py")


if __name__ == "__main__":
    main()
