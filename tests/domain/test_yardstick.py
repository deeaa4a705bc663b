"""Two records of what replies were graded by, laid beside each other."""

from casemill.domain.yardstick import Apart, told_apart

BEFORE = {"rubrics/support@1.md": "sha256:1", "schemas/a.json": "sha256:a", "checks/house.yaml": "sha256:h"}
NOW = {**BEFORE, "rubrics/support@1.md": "sha256:2"}
APART = Apart(BEFORE, NOW)


def test_only_what_was_graded_by_a_file_that_says_something_else_is_apart() -> None:
    both = ("rubrics/support@1.md", "schemas/a.json")
    assert APART.names(both, both) == ("rubrics/support@1.md",)
    assert APART.names(("schemas/a.json",), ("schemas/a.json",)) == ()
    assert APART.names((), ()) == ()


def test_a_file_that_only_one_side_was_graded_by_sets_it_apart() -> None:
    assert APART.names((), ("schemas/a.json",)) == ("schemas/a.json",)
    assert APART.names(("checks/house.yaml", "schemas/a.json"), ("schemas/a.json",)) == ("checks/house.yaml",)


def test_where_one_side_has_no_record_nobody_can_tell() -> None:
    for apart in (Apart(None, NOW), Apart(BEFORE, None), Apart(None, None)):
        assert not apart.known
        assert apart.names(("rubrics/support@1.md",), ("rubrics/support@1.md",)) == ()
    assert Apart({}, NOW).known


def test_one_digest_tells_what_the_files_say_and_articles_move_by_themselves() -> None:
    names = ("schemas/a.json", "articles/")
    said = told_apart(BEFORE | {"articles/": "sha256:x"}, names)
    assert said == told_apart(BEFORE | {"articles/": "sha256:y"}, names)
    assert said != told_apart(BEFORE | {"schemas/a.json": "sha256:b", "articles/": "sha256:x"}, names)
    assert told_apart(None, names) == told_apart(BEFORE, ()) == told_apart(BEFORE, ("articles/",)) == ""
