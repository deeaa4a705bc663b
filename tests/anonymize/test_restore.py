"""A masked name is shown to those who may see it, for a reason, with a line that says so."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import make
from casemill.anonymize import Wanted, restore_value
from casemill.cli.main import casemill
from casemill.domain.placeholder import Entity
from casemill.errors import UsageError
from casemill.settings import Store
from casemill.store import Vault, open_vault

REASON = "Refund 5512 must go to the account holder"
WANTED = Wanted(ticket="zendesk:48213", placeholder="[NAME_1]", by="dpo@shop.test", why=REASON)
PEOPLE = [
    Entity(label="NAME", number=1, values=("Anna", "Anna Karimova"), role="customer"),
    Entity(label="PHONE", number=1, values=("+7 701 123 45 67",)),
]


def ask(vault: Vault, *allowed: str, **fields: str) -> str:
    from casemill.domain.word import changed

    return restore_value(vault, changed(WANTED, **fields), allowed=allowed or ("dpo@shop.test",), now=make.NOW)


@pytest.fixture
def filled(vault: Vault) -> Vault:
    vault.save_entities("zendesk", "48213", PEOPLE)
    return vault


@pytest.mark.parametrize("placeholder", ["[NAME_1]", "NAME_1", " NAME_1 "])
def test_the_fullest_form_is_shown_and_written_down(placeholder: str, filled: Vault) -> None:
    assert ask(filled, placeholder=placeholder) == "Anna Karimova"
    [line] = filled.audit().lines
    assert (line.ticket, line.placeholder, line.by, line.reason) == (
        "zendesk:48213",
        "[NAME_1]",
        "dpo@shop.test",
        REASON,
    )


def test_who_has_the_role_is_told_by_the_e_mail_in_any_letters(filled: Vault) -> None:
    assert ask(filled, "DPO@Shop.test ") == "Anna Karimova"


@pytest.mark.parametrize(
    ("allowed", "fields", "told"),
    [
        (("other@shop.test",), {}, "dpo@shop.test does not have the vault role"),
        (("dpo@shop.test",), {"why": "  because  "}, "a reason of at least 10 characters"),
        (("dpo@shop.test",), {"why": " " * 20}, "a reason of at least 10 characters"),
        (("dpo@shop.test",), {"why": "   a        b "}, "a reason of at least 10 characters"),
        (("dpo@shop.test",), {"placeholder": "[NAME_2]"}, r"the vault knows no \[NAME_2\] in zendesk:48213"),
        (("dpo@shop.test",), {"ticket": "zendesk:1"}, r"the vault knows no \[NAME_1\] in zendesk:1"),
        (("dpo@shop.test",), {"ticket": "48213"}, "is no ticket and placeholder"),
        (("dpo@shop.test",), {"placeholder": "Anna"}, "is no ticket and placeholder"),
    ],
    ids=["role", "reason", "blanks", "letters apart", "placeholder", "ticket", "no source", "a name"],
)
def test_otherwise_nothing_is_shown_and_nothing_written(
    allowed: tuple[str, ...], fields: dict[str, str], told: str, filled: Vault
) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        ask(filled, *allowed, **fields)
    assert caught.value.hint
    assert filled.audit().lines == ()


def test_an_empty_list_is_nobody(filled: Vault) -> None:
    with pytest.raises(UsageError, match="nobody has the vault role") as caught:
        restore_value(filled, WANTED, allowed=(), now=make.NOW)
    assert 'vault = ["dpo@shop.test"]' in (caught.value.hint or "")


def test_a_reason_that_names_the_person_is_kept_without_the_name(filled: Vault) -> None:
    ask(filled, why="anna karimova asked on 87011234567 for her money")
    assert filled.audit().lines[0].reason == "[NAME_1] asked on 87011234567 for her money"
    ask(filled, why="Karimova, Anna: call +7 (701) 123-45-67")
    assert filled.audit().lines[1].reason == "Karimova, [NAME_1]: call [PHONE_1]"


def command(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(casemill, ["--project", str(project), "restore", *arguments], standalone_mode=False)


@pytest.fixture
def held(project: Path) -> Path:
    """A project whose lead has the vault role."""
    (project / "casemill.toml").write_text('[people]\nme = "lead@shop.test"\nvault = ["lead@shop.test"]\n')
    with open_vault(Store(), root=project) as vault:
        vault.save_entities("zendesk", "48213", PEOPLE)
    return project


def test_the_command_shows_the_value_on_standard_output_alone(held: Path) -> None:
    shown = command(held, "zendesk:48213", "NAME_1", "--reason", REASON)
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "Anna Karimova\n", "")
    shown = command(held, "zendesk:48213", "NAME_1", "--reason", REASON, "--json")
    assert json.loads(shown.stdout) == {
        "ticket": "zendesk:48213",
        "placeholder": "NAME_1",
        "value": "Anna Karimova",
    }


def test_the_audit_is_listed_without_values_and_checked(held: Path) -> None:
    assert "Nobody had a name shown or a ticket erased yet." in command(held, "--audit").stdout
    command(held, "zendesk:48213", "NAME_1", "--reason", REASON)
    listed = command(held, "--audit")
    assert listed.exit_code == 0
    assert f"lead@shop.test  zendesk:48213 [NAME_1]\n      {REASON}" in listed.stdout
    assert "1 name shown; the list is whole" in listed.stdout
    assert "Anna" not in listed.stdout
    told = json.loads(command(held, "--audit", "--json").stdout)
    assert told["broken"] is None
    assert [line["reason"] for line in told["lines"]] == [REASON]


def test_an_altered_audit_is_told_and_shuts(held: Path) -> None:
    from sqlalchemy import update

    from casemill.store.vault_tables import restores

    command(held, "zendesk:48213", "NAME_1", "--reason", REASON)
    with open_vault(Store(), root=held) as vault, vault._database.write() as db:
        db.execute(update(restores).values(by="somebody@shop.test"))
    listed = command(held, "--audit")
    assert listed.return_value == 1 or listed.exit_code == 1
    assert "The list was altered: line 1" in listed.stdout


@pytest.mark.parametrize(
    "arguments",
    [(), ("zendesk:48213",), ("zendesk:48213", "NAME_1"), ("zendesk:48213", "--audit")],
    ids=["nothing", "a ticket", "no reason", "both"],
)
def test_what_is_missing_is_said(arguments: tuple[str, ...], held: Path) -> None:
    caught = command(held, *arguments).exception
    assert isinstance(caught, UsageError)
    assert "casemill restore" in (caught.hint or "")


def test_a_name_that_steers_the_terminal_is_shown_as_letters(held: Path) -> None:
    with open_vault(Store(), root=held) as vault:
        vault.save_entities("zendesk", "1", [Entity(label="NAME", number=1, values=("Anna\x1b[2J",))])
    assert "\x1b" not in command(held, "zendesk:1", "NAME_1", "--reason", REASON).stdout


def test_what_a_customer_wrote_like_a_placeholder_is_said_to_hide_nobody(filled: Vault) -> None:
    with pytest.raises(UsageError) as refused:
        ask(filled, placeholder="[NAME_7]")
    assert refused.value.hint == "if it stands on the desk, somebody wrote it there by hand, and it hides nobody"
