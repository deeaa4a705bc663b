"""One key from the terminal."""

import click


def read_key() -> str:
    """The next key; Ctrl-C, Ctrl-D and a terminal that went away end the command, never spin."""
    try:
        key = click.getchar()
    except EOFError:
        raise click.Abort from None
    if not key:
        raise click.Abort
    return key
