#!/usr/bin/env python3
"""Writes examples/charges.csv to standard output: 1,000 orders of one day in eleven small shops.

Always the same bytes: the seed is fixed, and only `Random.random()` is used, whose sequence Python promises to keep.
No amount is ever a fraction; money is counted in minor units from beginning to end. What the columns mean and what may
happen to an order afterwards is in examples/README.md.
"""

import csv
import random
import sys
from typing import NamedTuple

SEED = 1494
ORDERS = 1_000

COLUMNS = [
    "reference", "merchant", "amount", "currency", "payment_method", "capture", "platform_fee", "description", "follow_up",
]


class Fee(NamedTuple):
    """What the platform takes: basis points of the amount and a fixed part in minor units, rounded once, half up."""

    basis_points: int
    fixed: int

    def of(self, amount: int) -> int:
        return (amount * self.basis_points + 5_000) // 10_000 + self.fixed


class Shop(NamedTuple):
    merchant: str
    currency: str
    weight: int
    """How many of the day's orders it gets, against the other shops."""
    step: int
    """The coin its prices are a multiple of."""
    fee: Fee | None
    """None: the charge names no fee, so the merchant's own fee plan applies."""
    goods: list[tuple[str, int]]
    """What it sells, at what price each."""


class Order(NamedTuple):
    shop: Shop
    payment_method: str
    capture: str
    amount: int
    description: str
    follow_up: str = ""


SHOPS = [
    Shop("bakery_lindner", "EUR", 24, 5, None, [
        ("rye loaf", 480), ("butter pretzel", 150), ("plum cake", 320), ("poppy seed roll", 95), ("sourdough", 620)]),
    Shop("cafe_arco", "EUR", 20, 10, None, [
        ("espresso", 240), ("flat white", 380), ("lemon tart", 450), ("club sandwich", 890)]),
    Shop("bookshop_meridian", "EUR", 10, 5, Fee(180, 20), [
        ("paperback", 1290), ("atlas", 4900), ("picture book", 1650), ("dictionary", 3495)]),
    Shop("bike_works", "EUR", 5, 100, Fee(120, 50), [
        ("brake service", 4500), ("chain and cassette", 8900), ("touring bicycle", 119900), ("helmet", 6900)]),
    Shop("hudson_records", "USD", 12, 1, None, [
        ("single", 1199), ("long player", 2899), ("box set", 8950), ("record sleeve", 349)]),
    Shop("pine_outfitters", "USD", 9, 1, Fee(240, 30), [
        ("rain jacket", 14900), ("wool socks", 1895), ("two-person tent", 34995), ("camp stove", 7450)]),
    Shop("kissa_hoshi", "JPY", 11, 10, None, [
        ("drip coffee", 520), ("toast set", 780), ("melon soda", 640), ("curry rice", 1150)]),
    Shop("toyo_stationery", "JPY", 8, 1, Fee(275, 0), [
        ("fountain pen", 12100), ("ink bottle", 1897), ("notebook", 473), ("washi tape", 253)]),
    Shop("souk_al_noor", "KWD", 6, 5, None, [
        ("saffron", 3750), ("dates", 1250), ("cardamom", 2105), ("brass lamp", 28500)]),
    Shop("gulf_perfumes", "KWD", 3, 5, Fee(310, 100), [
        ("oud oil", 42750), ("rose water", 1875), ("incense", 6200)]),
]

# Few sales, and more going back than came in: after the day's remittance it owes the platform.
POP_UP = Shop("popup_stand", "EUR", 0, 100, Fee(250, 30), [("printed shirt", 2800), ("tote bag", 1900)])

# Tokens that need nothing else said: the order is captured as soon as it is authorized.
PLAIN_TOKENS = {
    "pm_decline_insufficient_funds": 8, "pm_decline_expired_card": 4, "pm_decline_incorrect_cvc": 4,
    "pm_decline_suspected_fraud": 2, "pm_decline_do_not_honor": 4, "pm_decline_authentication_required": 2,
    "pm_decline_provider_unavailable": 2, "pm_decline_other": 2,
    "pm_action_approved": 4, "pm_action_declined": 2,
    "pm_callback_only": 4, "pm_callback_only_declined": 2,
    "pm_timeout_success": 4, "pm_timeout_failure": 3, "pm_timeout_lost": 2,
    "pm_capture_declined": 1, "pm_chargeback_open": 1, "pm_chargeback_won": 2, "pm_chargeback_lost": 2,
    "pm_callback_twice": 2, "pm_callback_out_of_order": 3, "pm_callback_late": 2, "pm_callback_before_answer": 3,
    "pm_callback_wrong_signature": 2, "pm_callback_stale": 2,
}

# token, capture, what is done afterwards (fractions of the amount in braces), how many orders.
FOLLOWED = [
    ("pm_approve", "manual", "capture:rest", 6),
    ("pm_approve", "manual", "capture_final:{1/3}", 5),
    ("pm_approve", "manual", "capture:{1/4};capture:rest", 4),
    ("pm_approve", "manual", "capture:{1/4};capture:{1/4};capture_final:{1/3}", 2),
    ("pm_approve", "manual", "capture:{1/2};refund:{1/3};capture:rest", 2),
    ("pm_approve", "manual", "capture:{1/2}", 1),
    ("pm_approve", "manual", "void", 6),
    ("pm_approve", "manual", "void_racing_capture", 4),
    ("pm_approve", "manual", "", 1),
    ("pm_approve", "automatic", "refund:full", 5),
    ("pm_approve", "automatic", "refund:{1/3}", 6),
    ("pm_approve", "automatic", "refund:{1/4};refund:{1/4};refund:rest", 3),
    ("pm_approve", "automatic", "refund_after_settlement:full", 3),
    ("pm_approve", "automatic", "refund_after_settlement:{1/2}", 3),
    ("pm_approve", "automatic", "refund:{1/4};refund_after_settlement:rest", 2),
    ("pm_action_required", "automatic", "act:approved", 3),
    ("pm_action_required", "automatic", "act:declined", 2),
    ("pm_action_required", "automatic", "", 1),
    ("pm_callback_only", "manual", "capture:rest", 1),
    ("pm_capture_declined", "manual", "capture:rest", 2),
    ("pm_capture_callback_only", "manual", "capture_final:{1/2}", 2),
    ("pm_capture_timeout_success", "manual", "capture:rest", 2),
    ("pm_capture_timeout_failure", "manual", "capture:rest", 2),
    ("pm_void_timeout_success", "manual", "void", 2),
    ("pm_void_timeout_failure", "manual", "void", 2),
    ("pm_refund_declined", "automatic", "refund:{1/2}", 2),
    ("pm_refund_fails_before", "automatic", "refund:{1/2}", 2),
    ("pm_refund_fails_after", "automatic", "refund:full", 2),
    ("pm_refund_timeout_success", "automatic", "refund:{1/3}", 2),
    ("pm_refund_timeout_failure", "automatic", "refund:{1/3}", 2),
    ("pm_callback_twice", "automatic", "refund:{1/4}", 2),
    ("pm_callback_out_of_order", "automatic", "refund:full", 1),
    ("pm_expires", "manual", "", 2),
]


class Draw:
    """The day's luck, from one seeded sequence."""

    def __init__(self, seed: int):
        self._random = random.Random(seed)

    def below(self, limit: int) -> int:
        return int(self._random.random() * limit)

    def shop(self) -> Shop:
        ticket = self.below(sum(shop.weight for shop in SHOPS))
        for shop in SHOPS:
            ticket -= shop.weight
            if ticket < 0:
                return shop
        raise AssertionError("a ticket beyond the last shop")

    def basket(self, shop: Shop) -> tuple[int, str]:
        """One to three kinds of goods, the cheaper ones up to three times, with a coupon or a tip now and then."""
        pieces, amount = [], 0
        kinds = 1 + self.below(2) + self.below(2)
        for name, price in self.shuffled(shop.goods)[:kinds]:
            count = 1 + (self.below(3) if price < 3_000 else 0)
            pieces.append(f"{count} {name}")
            amount += count * price
        if self.below(4) == 0:
            amount += (self.below(9) - 3) * shop.step
        return amount, " + ".join(pieces)

    def shuffled(self, items: list) -> list:
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items


def follow_up(template: str, amount: int) -> str:
    """Writes `{1/3}` as that part of the amount, rounded down and never nothing."""
    steps = []
    for step in filter(None, template.split(";")):
        verb, _, part = step.partition(":")
        if part.startswith("{"):
            numerator, denominator = map(int, part.strip("{}").split("/"))
            part = str(max(1, amount * numerator // denominator))
        steps.append(f"{verb}:{part}" if part else verb)
    return ";".join(steps)


def order(draw: Draw, token: str, capture: str, template: str, shop: Shop | None = None) -> Order:
    shop = shop or draw.shop()
    amount, description = draw.basket(shop)
    return Order(shop, token, capture, amount, description, follow_up(template, amount))


def special_orders(draw: Draw) -> list[Order]:
    orders = [order(draw, token, "automatic", "") for token, count in PLAIN_TOKENS.items() for _ in range(count)]
    orders += [
        order(draw, token, capture, template) for token, capture, template, count in FOLLOWED for _ in range(count)
    ]
    orders += [
        order(draw, "pm_approve", "automatic", "refund_after_settlement:full", POP_UP),
        order(draw, "pm_approve", "automatic", "refund_after_settlement:full", POP_UP),
        order(draw, "pm_chargeback_lost", "automatic", "", POP_UP),
    ]
    return orders


def day(draw: Draw) -> list[Order]:
    special = special_orders(draw)
    plain = [order(draw, "pm_approve", "automatic", "") for _ in range(ORDERS - len(special))]
    return draw.shuffled(special + plain)


def main() -> None:
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(COLUMNS)
    for number, sold in enumerate(day(Draw(SEED)), start=1):
        fee = sold.shop.fee.of(sold.amount) if sold.shop.fee else ""
        rows.writerow([
            f"order-{number:04}", sold.shop.merchant, sold.amount, sold.shop.currency, sold.payment_method,
            sold.capture, fee, sold.description, sold.follow_up,
        ])


if __name__ == "__main__":
    main()
