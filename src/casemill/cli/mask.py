"""`casemill mask`: personal data out of a text, as a filter; no project, no database."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, TypedDict

import click

from casemill.cli.mask_score import score
from casemill.errors import DONE, PUT_ASIDE, UsageError

if TYPE_CHECKING:
    from casemill.personal.filtering import Block, Record, Wish
    from casemill.personal.masking import Terms
    from casemill.personal.records import Bad
    from casemill.personal.survival import Lost

RECORDS = "One JSON object a line: {id, text} or {id, messages: [{role, content}], known: [...]}."
STYLES = click.Choice(("placeholder", "surrogate"))
STYLE = "placeholder, as [NAME_1] (default), or surrogate: made-up values of the same form."
KEEP = "A word that stays; of a name or address that is found the rest goes, of a --known full name all. Repeatable."
SEED = "Decides who plays whom: the same seed, the same surrogates."
MOST_NAMED = 20
ENCODING = "say what it is written in, as --encoding windows-1251 or --encoding utf-16"


class _How(TypedDict):
    """What holds for every line."""

    terms: "Terms"
    wish: "Wish"
    live: bool


class Filter(click.Group):
    """A command that takes a file, with one command beside it: `casemill mask score`; a file called so is `./score`."""

    def make_context(  # noqa: PLR0917 - the form of a click command
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args[:1] == ["score"]:
            above = click.Context(self, parent=parent, info_name=info_name)
            return score.make_context("score", args[1:], parent=above)
        return super().make_context(info_name, args, parent=parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return click.Command.parse_args(self, ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        return click.Command.invoke(self, ctx)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return click.Command.collect_usage_pieces(self, ctx)


class Source(click.Argument):
    """What is read; the command beside it, whose usage names what stands before it, knows nothing of that."""

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [] if ctx.info_name == "score" else super().get_usage_pieces(ctx)


@click.command(
    cls=Filter,
    commands={"score": score},
    invoke_without_command=True,
    context_settings={"allow_interspersed_args": True},
)
@click.argument("source", cls=Source, metavar="[FILE]", type=click.File("rb"), default="-")
@click.option("--known", multiple=True, metavar="WHO", help="A name, e-mail, phone or user name in it; repeatable.")
@click.option("--keep", multiple=True, metavar="WORD", help=KEEP)
@click.option("--always", multiple=True, metavar="WORD", help="A word to mask, as ORG or as LABEL:word; repeatable.")
@click.option("--encoding", metavar="NAME", help="What FILE is written in, as windows-1251 (default UTF-8).")
@click.option("--style", type=STYLES, default="placeholder", metavar="STYLE", help=STYLE)
@click.option("--seed", metavar="TEXT", help=SEED)
@click.option("--check", is_flag=True, help="Name facts that were lost (dates, amounts, deadlines); exit 4.")
@click.option("--layers", is_flag=True, help="Say on standard error which layers ran.")
@click.option("--jsonl", is_flag=True, help=RECORDS)
@click.pass_context
def mask(
    ctx: click.Context,
    source: BinaryIO,
    *,
    known: tuple[str, ...],
    keep: tuple[str, ...],
    always: tuple[str, ...],
    encoding: str | None,
    style: str,
    seed: str | None,
    check: bool,
    layers: bool,
    jsonl: bool,
) -> None:
    """Mask FILE, or standard input, to standard output; one person is one [NAME_1] throughout.

    Names, addresses, numbers and ids are found by themselves; people who are --known are found in every form. With
    --style surrogate made-up values of the same form stand there instead: the same person has the same name throughout.

    With --jsonl every line has a numbering of its own and comes back with `spans` beside each text, without its
    `known`; --style adds a `surrogate` to each span, --check a list `lost`. A line that cannot be read is withheld: an
    empty one, with --jsonl {"line", "error"}, stands for it; it is named, and the exit code is 4.

    \b
    Example: casemill mask chat.txt --known "Anna Karimova" --known anna@shop.test
             casemill mask --jsonl tickets.jsonl --style surrogate --check > masked.jsonl
    """
    from casemill.personal.filtering import Wish, filter_records, filter_stream
    from casemill.personal.lines import recoded
    from casemill.personal.masking import Terms, identity_of

    if seed is not None and style != "surrogate":
        raise UsageError("--seed draws surrogates", hint="add --style surrogate")
    _need_words(known=known, keep=keep, always=always)
    people, lines = [identity_of(who) for who in known], recoded(source, encoding)
    wish = Wish(seed=(seed or "casemill") if style == "surrogate" else None, check=check)
    how: _How = {"terms": Terms(keep, always), "wish": wish, "live": sys.stdin.isatty()}
    if jsonl:
        ctx.exit(_records(filter_records(lines, people, **how), layers=layers))
    ctx.exit(_text(filter_stream(lines, people, **how), layers=layers, encoding=encoding))


def _need_words(**options: tuple[str, ...]) -> None:
    """An option that is given blanks alone masks nothing without a word; so it is refused."""
    for option, given in options.items():
        if not all(map(str.strip, given)):
            raise UsageError(f"--{option} is given nothing", hint="is a variable of your shell empty?")


def _text(blocks: Iterable["Block"], *, layers: bool, encoding: str | None) -> int:
    """Write the blocks; what was lost and what ran go to standard error."""
    ran: dict[str, None] = {}
    lost = unread = first = 0
    for block in blocks:
        _write(block.content)
        ran.update(dict.fromkeys(block.layers))
        lost = _tell(block.lost, lost)
        first = first or next(iter(block.unread), 0)
        unread += len(block.unread)
    if unread:
        told = f"line {first} is" if unread == 1 else f"{unread:,} lines, the first of them {first}, are"
        click.echo(f"{told} not {encoding or 'UTF-8'}; withheld, an empty line stands there", err=True)
        click.echo(f"  {ENCODING}", err=True)
    _sum_up(lost, ran, layers=layers)
    return PUT_ASIDE if lost or unread else DONE


def _records(results: Iterable["Record | Bad"], *, layers: bool) -> int:
    """Write the records; a line that is none, what was lost and what ran go to standard error."""
    from casemill.personal.filtering import as_error
    from casemill.personal.records import Bad as BadLine

    ran: dict[str, None] = {}
    lost = bad = 0
    for result in results:
        if isinstance(result, BadLine):
            bad += 1
            click.echo(f"line {result.line} {result.why}; withheld", err=True)
            _write(as_error(result))
            continue
        _write(result.content)
        ran.update(dict.fromkeys(result.layers))
        lost = _tell(((result.line, fact) for fact in result.lost), lost)
    _sum_up(lost, ran, layers=layers)
    return PUT_ASIDE if bad or lost else DONE


def _write(content: bytes) -> None:
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _tell(facts: Iterable[tuple[int, "Lost"]], told: int) -> int:
    """Name the first facts that were lost; how many there are by now."""
    for line, fact in facts:
        told += 1
        if told <= MOST_NAMED:
            where = f"went with {fact.placeholder}" if fact.placeholder else "is another now"
            click.echo(f"line {line}: {fact.kind} {fact.text!r} {where}", err=True)
    return told


def _sum_up(lost: int, ran: Iterable[str], *, layers: bool) -> None:
    if lost > MOST_NAMED:
        click.echo(f"… and {lost - MOST_NAMED:,} more", err=True)
    if layers:
        click.echo(f"layers: {', '.join(ran) or 'none'}", err=True)
