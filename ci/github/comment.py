"""One comment of the gate on a pull request: written the first time, edited after. Standard library alone.

`comment.py FILE`. Reads GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN and PULL_REQUEST. The file's first line marks
the comment; only one that a bot wrote (or COMMENTER, by login) is edited, so that nobody's own words are written over.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

PAGE = 100
SECONDS = 30


def ask(method: str, path: str, *, body: "dict[str, Any] | None" = None) -> Any:
    """An answer of GitHub's API as plain JSON."""
    request = urllib.request.Request(  # noqa: S310 - the runner's own address
        os.environ.get("GITHUB_API_URL", "https://api.github.com") + path,
        data=json.dumps(body).encode() if body is not None else None,
        method=method,
        headers={
            "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
            "Accept": "application/vnd.github+json",
            "Content-Type": "application/json",
            "User-Agent": "casemill",
        },
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        return json.load(answer)


def ours(comment: "dict[str, Any]", mark: str) -> bool:
    """Whether a comment is one that an earlier run of this step wrote."""
    user = comment.get("user") or {}
    by_us = user.get("login") == os.environ["COMMENTER"] if "COMMENTER" in os.environ else user.get("type") == "Bot"
    return by_us and (comment.get("body") or "").startswith(mark)


def find(place: str, mark: str) -> "int | None":
    """The number of our comment, wherever on the pages it stands."""
    page = 1
    while True:
        comments = ask("GET", f"{place}?per_page={PAGE}&page={page}")
        for comment in comments:
            if ours(comment, mark):
                return int(comment["id"])
        if len(comments) < PAGE:
            return None
        page += 1


def warn(why: str) -> None:
    sys.stdout.write(f"::warning title=casemill gate::the comment was not written: {why}\n")


def main() -> None:
    body = Path(sys.argv[1]).read_text(encoding="utf-8")
    repository = f"/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    place = f"{repository}/{os.environ['PULL_REQUEST']}/comments"
    try:
        known = find(place, body.partition("\n")[0])
        if known is None:
            ask("POST", place, body={"body": body})
        else:
            ask("PATCH", f"{repository}/comments/{known}", body={"body": body})
    except urllib.error.HTTPError as error:
        # A pull request from a fork has a token that may not write; the gate's answer does not depend on the comment.
        warn(f"{error.code} {error.reason}")
    except OSError as error:
        warn(type(error).__name__)


if __name__ == "__main__":
    main()
