"""Where a change is talked about: the addresses of its comments on GitHub and on GitLab, and which of them are ours.

Everything is told by the environment that these set for a job, and by a token that somebody puts beside it.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from casemill.errors import OutsideError


class Author(msgspec.Struct):
    """Who wrote a comment, as much of it as tells whether it was us: GitLab's id, GitHub's login and type."""

    id: int = 0
    login: str = ""
    type: str = ""


class Comment(msgspec.Struct):
    """A comment as both list it: GitHub names its author `user`, GitLab `author`; GitLab's own news are `system`."""

    id: int
    body: str | None = None
    user: Author | None = None
    author: Author | None = None
    system: bool = False


class Forge(NamedTuple):
    """The comments on one change.

    `what` are the words for the one that is kept; `comments` is where all are listed, `order` by age, and written;
    `comment` and an id is where one is edited, by the method `edit`; `me` is who the token belongs to, where the forge
    tells; `ours` says whether an author is us, given who that is.
    """

    what: str
    comments: str
    comment: str
    edit: str
    headers: Mapping[str, str]
    ours: Callable[[Comment, Author | None], bool]
    order: str = ""
    me: str | None = None


def github(environ: Mapping[str, str]) -> Forge | None:
    """The pull request of this job; None when it has none. An OutsideError for a token that is missing."""
    number, repository = environ.get("PULL_REQUEST", ""), environ.get("GITHUB_REPOSITORY", "")
    if not number or not repository:
        return None
    api = environ.get("GITHUB_API_URL", "https://api.github.com")
    issues = f"{api}/repos/{repository}/issues"
    login = environ.get("COMMENTER", "")

    def ours(comment: Comment, _: Author | None) -> bool:
        # A job's token cannot ask who it is; COMMENTER says so for the token of a person.
        author = comment.user or Author()
        return author.login == login if login else author.type == "Bot"

    return Forge(
        what=f"the comment on pull request #{number}",
        comments=f"{issues}/{quote(number, safe='')}/comments",
        comment=f"{issues}/comments",
        edit="PATCH",
        headers={
            "Authorization": f"Bearer {_token(environ, 'GITHUB_TOKEN')}",
            "Accept": "application/vnd.github+json",
            "Content-Type": "application/json",
        },
        ours=ours,
    )


def gitlab(environ: Mapping[str, str]) -> Forge | None:
    """The merge request of this job; None when it has none. An OutsideError for a token that is missing."""
    number, project = environ.get("CI_MERGE_REQUEST_IID", ""), environ.get("CI_MERGE_REQUEST_PROJECT_ID", "")
    if not number or not project:
        return None
    api = environ.get("CI_API_V4_URL", "https://gitlab.com/api/v4")
    notes = f"{api}/projects/{quote(project, safe='')}/merge_requests/{quote(number, safe='')}/notes"

    def ours(comment: Comment, me: Author | None) -> bool:
        return not comment.system and me is not None and comment.author is not None and comment.author.id == me.id

    return Forge(
        what=f"the note on merge request !{number}",
        comments=notes,
        comment=notes,
        edit="PUT",
        headers={"PRIVATE-TOKEN": _token(environ, "CASEMILL_NOTE_TOKEN"), "Content-Type": "application/json"},
        ours=ours,
        # The oldest first: what is said meanwhile does not move a page.
        order="&sort=asc&order_by=created_at",
        me=f"{api}/user",
    )


FORGES: dict[str, Callable[[Mapping[str, str]], Forge | None]] = {"github": github, "gitlab": gitlab}


def _token(environ: Mapping[str, str], name: str) -> str:
    token = environ.get(name, "").strip()
    if not token:
        raise OutsideError(f"the variable {name} is not set", hint="it holds the token that writes the comment")
    return token
