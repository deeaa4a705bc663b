"""The shop behind the bot: a fixed list of orders, and the tools that look into it. Nothing outlives a reply."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

MOVING = ("shipped", "late", "delivered")


class ShopDesk:
    """The tools a bot may call; every call is noted with its result."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.known: Mapping[str, Mapping[str, Any]] = context.get("orders", {})
        self.calls: list[dict[str, Any]] = []

    def get_order(self, order: str) -> dict[str, Any] | None:
        """Status, item, total, eta and courier window; None when there is no such order."""
        found = self._find(order)
        told = (
            {key: found[key] for key in ("status", "item", "total", "eta", "window") if key in found} if found else None
        )
        self._note("get_order", {"order": order}, result=_json(told) if told else "no such order")
        return found

    def get_contact(self, order: str) -> dict[str, Any] | None:
        """Name, phone and e-mail on an order."""
        found = self._find(order)
        told = ", ".join(str(found.get(key, "")) for key in ("name", "phone", "email")) if found else "no such order"
        self._note("get_contact", {"order": order}, result=told)
        return found

    def cancel_order(self, order: str) -> bool:
        """Works until the courier has the order."""
        return self._before_courier("cancel_order", {"order": order})

    def change_address(self, order: str, address: str) -> bool:
        """Works until the courier has the order."""
        return self._before_courier("change_address", {"order": order, "address": address})

    def set_window(self, order: str, after: str) -> None:
        self._note("set_window", {"order": order, "after": after}, result="noted")

    def open_refund_request(self, order: str) -> None:
        self._note("open_refund_request", {"order": order}, result="opened")

    def open_claim(self, order: str) -> None:
        self._note("open_claim", {"order": order}, result="opened")

    def order_replacement(self, order: str) -> None:
        self._note("order_replacement", {"order": order}, result="ordered")

    def cancel_plan(self) -> None:
        self._note("cancel_plan", {}, result="will not renew")

    def escalate(self, reason: str, contact: str = "chat") -> None:
        self._note("escalate", {"reason": reason, "contact": contact}, result="a person was told")

    def _before_courier(self, tool: str, arguments: dict[str, Any]) -> bool:
        found = self._find(arguments["order"])
        done = found is not None and found["status"] not in MOVING
        self._note(tool, arguments, result="done" if done else "refused: already with the courier")
        return done

    def _find(self, order: str) -> dict[str, Any] | None:
        """An order by its number; one that is masked is the sample order, with what the context says of it."""
        number = "BQ-" + order[-6:]
        if number in _orders():
            return _orders()["sample"] | _orders()[number]
        return _orders()["sample"] | dict(self.known.get(order, {})) if order.startswith("[") else None

    def _note(self, tool: str, arguments: dict[str, Any], *, result: str) -> None:
        self.calls.append({"name": tool, "arguments": arguments, "result": result})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@cache
def _orders() -> dict[str, dict[str, Any]]:
    text = (files("casemill.demo") / "shop" / "bot" / "orders.json").read_text(encoding="utf-8")
    orders: dict[str, dict[str, Any]] = json.loads(text)
    return orders
