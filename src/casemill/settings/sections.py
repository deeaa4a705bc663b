"""The tables of casemill.toml, a class each: every setting, its kind and its default."""

from typing import Annotated, Any, Literal

import msgspec

from casemill.domain.word import Word

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Seconds = Annotated[float, msgspec.Meta(gt=0)]
Money = Annotated[float, msgspec.Meta(ge=0)]
Count = Annotated[int, msgspec.Meta(ge=0)]
OneOrMore = Annotated[int, msgspec.Meta(ge=1)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]


class Section(Word):
    """One table of casemill.toml."""


class People(Section):
    """`me`: who reviews on this machine (else Git's e-mail). `owner`: who owns the pipeline.

    `vault`: the e-mails of those who may have a placeholder's value shown (`casemill restore`); empty means nobody.
    `safety`: the e-mail of who is told of distress, threats and legal demands (else `owner`, else `me`).
    """

    me: str | None = None
    owner: str | None = None
    vault: tuple[str, ...] = ()
    safety: str | None = None


class Store(Section):
    """Database URLs; a relative SQLite path is taken from the project folder."""

    vault: str = "sqlite:///.casemill/vault.db"
    desk: str = "sqlite:///.casemill/desk.db"
    key_variable: str = "CASEMILL_VAULT_KEY"
    pepper_variable: str = "CASEMILL_PERSON_PEPPER"


class Ingest(Section):
    """`columns` maps a ticket's field to a column of a CSV or JSONL file; `bots` are the AI's account names or ids.

    The `…_field` settings name a helpdesk's custom fields by title or id. `attachments`: `list` only names files,
    `digest` fetches each once to tell the same file again, `keep` also keeps its content, in the vault.
    """

    columns: dict[str, str] = {}
    bots: tuple[str, ...] = ()
    expected_field: str = "Expected behaviour"
    ai_field: str = "AI-related"
    trace_field: str = "AI trace id"
    model_field: str = "AI model"
    attachments: Literal["list", "digest", "keep"] = "list"
    sources: dict[str, dict[str, Any]] = {}


class Anonymize(Section):
    """A company's own words: `keep` are never masked (plans, brands), `mask` always are. Of a name or an address that
    is found a kept word stays and the rest goes; the full name of somebody whom the payload names goes whole.

    An entry of `mask` becomes `[ORG_1]`; with a label of its own, as `COURIER:Fast Fox`, it becomes `[COURIER_1]`.
    Of the tickets that enter a release, a person reads the share `sample_share`, and at least `sample_least` of them.
    `erase_keeps` is what `casemill erase` leaves of a ticket, all of it masked and without the way back: its `cases`,
    the `tickets` on the desk as well, or `nothing`.
    """

    keep: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()
    sample_share: Share = 0.125
    sample_least: Count = 20
    erase_keeps: Literal["nothing", "cases", "tickets"] = "cases"


class Triage(Section):
    """People read the first `read_first` tickets whole; then a proposal at `sure` or above passes by itself,
    except a random `audit_share` of them."""

    read_first: Count = 200
    sure: Share = 0.95
    audit_share: Share = 0.1


class Review(Section):
    """How long a ticket that somebody opened is held for them."""

    lease_minutes: OneOrMore = 30


class Suite(Section):
    """Where the cases live; whether `suite pull` commits, and on which branch."""

    path: str = "evals"
    commit: bool = False
    branch: str | None = None
    review_after_days: OneOrMore = 90


class Run(Section):
    """Defaults of `casemill run`: which target, how many calls at once, seconds a call may take.

    A call that is refused for the moment (429, 5xx, no connection) is made again `retries` times. Where the server
    names a wait (`Retry-After`), it is kept and told on standard error: up to ten a call that are no longer than a
    minute cost no retry; a longer one is cut to a minute and does cost one. With `retries = 0` nothing is waited for.

    After `give_up_after` cases in a row without any answer the run stops, to be continued when somebody is at home;
    0 never gives up.

    Each case is put `trials` times. With `confirm` one that fails is put again until the fail is sure or refuted: any
    of its trials for a P0, two of three for a P1, three of five for a P2.

    `cache` keeps the answers of targets that their settings tell whole; a kept one is used within its `epoch`, which
    is the day when none is named. `features` and `harmless` are patterns of paths, by which `--changed-since` chooses.
    """

    target: str | None = None
    concurrency: OneOrMore = 8
    timeout: Seconds = 60.0
    retries: Count = 3
    give_up_after: Count = 100
    trials: OneOrMore = 1
    confirm: bool = True
    cache: bool = False
    epoch: str | None = None
    features: dict[str, tuple[str, ...]] = {}
    harmless: tuple[str, ...] = ("README*", "CHANGELOG*", "LICENSE*", "docs/*", ".git*")


class Judge(Section):
    """How `judge` assertions are graded, by the model of `[model.judge]`: each is asked `repeat` times and more than
    half of the votes must agree. `schema` sends the verdict's JSON schema along, for servers that hold a model to it.

    A certificate of `casemill judge calibrate` stands for `valid_days`, and only when the lower ends of the intervals
    of TPR and TNR reach `floor`. Each run judges `anchors` of the calibration's replies again.
    """

    repeat: OneOrMore = 1
    schema: bool = False
    floor: Share = 0.8
    valid_days: OneOrMore = 90
    anchors: Count = 6


class Price(Section):
    """US dollars for a million tokens."""

    input: Money = 0.0
    output: Money = 0.0


class Model(Section):
    """A model behind an OpenAI-compatible address, `[model.judge]` for one. `api_key_env` names the variable that holds
    the key; `params` go into every call; `price` tells what a run costs."""

    base_url: str
    model: str
    api_key_env: str | None = None
    params: dict[str, Any] = {}
    price: Price | None = None


class Serve(Section):
    """Where `casemill serve` listens: loopback, behind a proxy that speaks TLS.

    Of the tickets that webhooks name, at most `tickets_a_minute` of each source are fetched. Traces are taken at
    `/v1/traces` when the variable that `traces_variable` names holds a token; their senders show it. So are run files
    at `/v1/runs`, by `runs_variable`; `casemill runs push` reads its own token there, too.
    """

    host: str = "127.0.0.1"
    port: Port = 8350
    tickets_a_minute: OneOrMore = 60
    traces_variable: str = "CASEMILL_TRACES_TOKEN"
    runs_variable: str = "CASEMILL_RUNS_TOKEN"


class Desk(Section):
    """`url`: where the web desk is reached, for links in reports."""

    url: str | None = None


class Outward(Section):
    """Hosts that may be called; empty means those that the settings themselves name."""

    allow: tuple[str, ...] = ()


class Settings(Section):
    """All of casemill.toml. `model` holds a table for each model that judges, `targets` a raw one for each AI under
    test."""

    people: People = msgspec.field(default_factory=People)
    store: Store = msgspec.field(default_factory=Store)
    ingest: Ingest = msgspec.field(default_factory=Ingest)
    anonymize: Anonymize = msgspec.field(default_factory=Anonymize)
    triage: Triage = msgspec.field(default_factory=Triage)
    review: Review = msgspec.field(default_factory=Review)
    suite: Suite = msgspec.field(default_factory=Suite)
    run: Run = msgspec.field(default_factory=Run)
    judge: Judge = msgspec.field(default_factory=Judge)
    serve: Serve = msgspec.field(default_factory=Serve)
    desk: Desk = msgspec.field(default_factory=Desk)
    outward: Outward = msgspec.field(default_factory=Outward)
    model: dict[str, Model] = {}
    targets: dict[str, dict[str, Any]] = {}
