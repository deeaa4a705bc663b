"""Which writings of an e-mail address are one: `anna.k@shop.test`, `anna dot k at shop dot test`."""

from casemill.personal.inflection import is_cyrillic, plain
from casemill.personal.surrogate.contacts import Address, address_of


class Same:
    """Addresses that were met, each with the placeholder that was the first to stand for it."""

    def __init__(self) -> None:
        self._exact: dict[Address, str] = {}
        self._sounds: dict[Address, str] = {}
        self._begun: dict[Address, str] = {}

    def note(self, placeholder: str, value: str) -> None:
        if (address := address_of(value)) is None:
            return
        self._exact.setdefault(address, placeholder)
        if len(address.domain) > 1:
            self._sounds.setdefault(address.sounds(), placeholder)
            self._begun.setdefault(_begun(address), placeholder)

    def of(self, placeholder: str, value: str) -> str:
        """The placeholder whose surrogate it has."""
        if (address := address_of(value)) is None:
            return placeholder
        if any(is_cyrillic(sign) for sign in plain(value)):
            return self._sounds.get(address.sounds(), self._exact.get(address, placeholder))
        if len(address.domain) == 1:
            return self._begun.get(address, self._exact.get(address, placeholder))
        return self._exact.get(address, placeholder)


def _begun(address: Address) -> Address:
    """The address without the end of its domain, as some leave it out."""
    return address._replace(domain=address.domain[:1])
