"""`casemill mask`: personal data out of a text, as a filter; no project, no database."""

import sys
from collections.abc import Iterator
from typing import BinaryIO

import click

from casemill.errors import DONE, PUT_ASIDE

RECORDS = "One JSON object a line: {id, text} or {id, messages: [{role, content}], known: [...]}."


@click.command()
@click.argument("source", metavar="[FILE]", type=click.File("rb"), default="-")
@click.option("--known", multiple=True, metavar="WHO", help="A name, e-mail, phone or user name in it; repeatable.")
@click.option("--keep", multiple=True, metavar="WORD", help="A word that stays; repeatable.")
@click.option("--always", multiple=True, metavar="WORD", help="A word to mask, as ORG or as LABEL:word; repeatable.")
@click.option("--jsonl", is_flag=True, help=RECORDS)
@click.pass_context
def mask(
    ctx: click.Context,
    source: BinaryIO,
    *,
    known: tuple[str, ...],
    keep: tuple[str, ...],
    always: tuple[str, ...],
    jsonl: bool,
) -> None:
    """Mask FILE, or standard input, to standard output; one person is one [NAME_1] throughout.

    Addresses, numbers and ids are found by themselves, people when they are --known. With --jsonl every line has a
    numbering of its own and comes back with `spans` beside each text, without its `known`; a line that is no JSON
    object is left out and named, and the exit code is 4.

    Example: casemill mask chat.txt --known "Anna Karimova" --known anna@shop.test
    """
    from casemill.personal.masking import Terms, identity_of
    from casemill.personal.records import Bad, mask_records, mask_stream

    people = [identity_of(who) for who in known]
    terms = Terms(keep, always)
    parts: Iterator[bytes | Bad]
    out = sys.stdout.buffer
    bad = 0
    if jsonl:
        parts = mask_records(source, people, terms=terms)
    else:
        parts = mask_stream(source, people, terms=terms, live=sys.stdin.isatty())
    for part in parts:
        if isinstance(part, Bad):
            bad += 1
            click.echo(f"line {part.line} {part.why}; left out", err=True)
        else:
            out.write(part)
            out.flush()
    ctx.exit(PUT_ASIDE if bad else DONE)
