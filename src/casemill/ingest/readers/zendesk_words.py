"""The shapes of Zendesk's objects: of each, the part that is read."""

from collections.abc import Iterator
from typing import Any

import msgspec

from casemill.ingest.values import plain

Id = int | str | None


class User(msgspec.Struct):
    """The part of a Zendesk user that says who they are."""

    id: Id = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    alias: str | None = None
    role: str | None = None


class File(msgspec.Struct):
    """An attachment, with the text behind its address when it was brought along."""

    id: Id = None
    file_name: str | None = None
    content_type: str | None = None
    size: int | None = None
    content: str | None = None
    digest: str | None = None


class Comment(msgspec.Struct):
    id: Id = None
    author_id: Id = None
    body: str | None = None
    plain_body: str | None = None
    html_body: str | None = None
    public: bool | None = None
    created_at: str | None = None
    attachments: list[File] | None = None
    via: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        return plain(self.body) or plain(self.plain_body) or plain(self.html_body)


class Comments(msgspec.Struct):
    comments: list[Comment] | None = None
    users: list[User] | None = None


class Audits(msgspec.Struct):
    audits: list[dict[str, Any]] | None = None


class Field(msgspec.Struct):
    id: Id = None
    title: str | None = None
    value: Any = None


class ZendeskTicket(msgspec.Struct):
    id: Id = None
    url: str | None = None
    subject: str | None = None
    raw_subject: str | None = None
    description: str | None = None
    status: str | None = None
    tags: list[str] | None = None
    via: dict[str, Any] | None = None
    from_messaging_channel: bool | None = None
    created_at: str | None = None
    updated_at: str | None = None
    requester_id: Id = None
    submitter_id: Id = None
    assignee_id: Id = None
    collaborator_ids: list[Id] | None = None
    follower_ids: list[Id] | None = None
    email_cc_ids: list[Id] | None = None
    custom_fields: list[Field] | None = None
    fields: list[Field] | None = None
    satisfaction_rating: dict[str, Any] | None = None
    comments: list[Comment] | None = None

    @property
    def people(self) -> Iterator[Id]:
        """Everybody the ticket itself names, the requester first."""
        yield from (self.requester_id, self.submitter_id, self.assignee_id)
        for ids in (self.collaborator_ids, self.follower_ids, self.email_cc_ids):
            yield from ids or ()
