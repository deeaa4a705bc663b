"""The base of every domain word, canonical JSON, and digests."""

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast, dataclass_transform

import msgspec

if TYPE_CHECKING:

    @dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
    class WordMeta(type): ...

    class Word(metaclass=WordMeta):
        __struct_fields__: ClassVar[tuple[str, ...]]

        def __init_subclass__(cls, *, omit_defaults: bool = False) -> None: ...

else:

    class WordMeta(msgspec.StructMeta):
        """msgspec hands `frozen` and `forbid_unknown_fields` down to subclasses, but not `kw_only`."""

        def __new__(mcls, name, bases, namespace, **options):  # noqa: PLR0917 - the form of a metaclass
            return super().__new__(mcls, name, bases, namespace, **({"kw_only": True} | options))

    class Word(msgspec.Struct, metaclass=WordMeta, frozen=True, forbid_unknown_fields=True):
        """A frozen value that reads YAML, JSON and model answers strictly: unknown keys are refused."""


AnyWord = TypeVar("AnyWord", bound=Word)

_canonical = msgspec.json.Encoder(order="deterministic")


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces: equal values give equal bytes on every machine."""
    return _canonical.encode(value)


def digest_of(content: bytes) -> str:
    """`sha256:` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def changed(word: AnyWord, **fields: Any) -> AnyWord:
    """The same word with some fields different."""
    return cast(AnyWord, msgspec.structs.replace(cast(msgspec.Struct, word), **fields))
