"""The ledger's rows: each transaction balances, and every counter is the sum of the postings it counts.

Phases: 1 posted, 2 pending, 3 hold posted, 4 released, 5 voided, 6 expired, 7 reversal. The legs of what ends a hold
stand on the hold's own sides, so they are taken off the pending counters there.
"""

from .identifier import text

POSTED, PENDING, HOLD_POSTED, REVERSAL = 1, 2, 3, 7
PHASES = {
    "posted": 1, "pending": 2, "hold_posted": 3, "hold_released": 4, "hold_voided": 5, "hold_expired": 6, "reversal": 7,
}
DEBIT, CREDIT = 1, -1

TRANSACTION = {
    "book": int, "id": int, "phase": int, "leg_count": int, "debit_account": int, "credit_account": int,
    "amount_minor": int, "currency": str, "exponent": int, "debit_item_kind": int, "debit_item": int,
    "credit_item_kind": int, "credit_item": int, "parent": int, "external_id": str, "sequence": int, "reason": str,
}
POSTING = {
    "book": int, "ledger_transaction": int, "leg": int, "account": int, "side": int, "amount_minor": int, "currency": str,
    "exponent": int, "item_kind": int, "item": int,
}
ACCOUNT = {"book": int, "id": int, "path": str, "currency": str, "exponent": int}
BALANCE = {
    "book": int, "account": int, "debits_posted": int, "credits_posted": int, "debits_pending": int, "credits_pending": int,
}
ITEM = {"book": int, "account": int, "item_kind": int, "item": int, "debits_minor": int, "credits_minor": int}
HOLD = {"book": int, "id": int, "status": str, "remaining_minor": int, "posted_minor": int}


class Leg:
    """One posting, wherever it is kept."""

    def __init__(self, account, side, amount, currency, exponent, item):
        self.account, self.side, self.amount, self.currency, self.exponent = account, side, amount, currency, exponent
        self.item = item if item[0] is not None else None


class Transaction:
    """A row with both its legs, or a header with the postings that name it."""

    def __init__(self, row, postings):
        self.__dict__.update(row)
        if self.leg_count == 2:
            self.legs = [
                Leg(self.debit_account, DEBIT, self.amount_minor, self.currency, self.exponent,
                    (self.debit_item_kind, self.debit_item)),
                Leg(self.credit_account, CREDIT, self.amount_minor, self.currency, self.exponent,
                    (self.credit_item_kind, self.credit_item)),
            ]
        else:
            self.legs = [
                Leg(row["account"], row["side"], row["amount_minor"], row["currency"], row["exponent"],
                    (row["item_kind"], row["item"]))
                for row in postings
            ]
        self.stray_postings = bool(postings) and self.leg_count == 2

    def __str__(self):
        return f"{text('ltx', self.id)} of book {self.book}"


class Ledger:
    """All ledger transactions, by book and id, and what is wrong with them."""

    def __init__(self, books, findings):
        self.books = books
        self.findings = findings
        self.accounts = {
            (row["book"], row["id"]): row for row in self.dicts("account", ACCOUNT, "book, id")
        }
        postings = {}
        for row in self.dicts("posting", POSTING, "book, ledger_transaction, leg"):
            postings.setdefault((row["book"], row["ledger_transaction"]), []).append(row)
        self.transactions = {}
        for row in self.dicts("ledger_transaction", TRANSACTION, "book, id"):
            key = (row["book"], row["id"])
            self.transactions[key] = Transaction(row, postings.pop(key, []))
        for book, identifier in postings:
            findings.add("unbalanced", f"postings of book {book} without their {text('ltx', identifier)}")

    def dicts(self, table, columns, order):
        for row in self.books.rows(table, columns, order):
            yield dict(zip(columns, row))

    def check(self):
        for transaction in self.transactions.values():
            self.findings.saw("ledger transactions")
            self.check_legs(transaction)
        self.check_balances()
        self.check_items()
        self.check_holds()
        self.check_external_ids()

    def check_legs(self, transaction):
        if len(transaction.legs) != transaction.leg_count or transaction.stray_postings:
            self.findings.add("unbalanced", f"{transaction} has other legs than the {transaction.leg_count} it says")
        sums = {}
        for leg in transaction.legs:
            sums[leg.currency, leg.exponent] = sums.get((leg.currency, leg.exponent), 0) + leg.side * leg.amount
            account = self.accounts.get((transaction.book, leg.account))
            if account is None or (account["currency"], account["exponent"]) != (leg.currency, leg.exponent):
                self.findings.add("unbalanced", f"{transaction} has a leg on no account of its currency")
        if any(sums.values()) or not all(leg.amount > 0 for leg in transaction.legs):
            self.findings.add("unbalanced", f"{transaction} does not add up to zero")

    # MARK: Counters

    def check_balances(self):
        expected = {key: [0, 0, 0, 0] for key in self.accounts}
        for transaction in self.transactions.values():
            for leg in transaction.legs:
                counters = expected.setdefault((transaction.book, leg.account), [0, 0, 0, 0])
                side = 0 if leg.side == DEBIT else 1
                if transaction.phase in (POSTED, HOLD_POSTED, REVERSAL):
                    counters[side] += leg.amount
                if transaction.phase == PENDING:
                    counters[2 + side] += leg.amount
                elif transaction.phase in (3, 4, 5, 6):
                    counters[2 + side] -= leg.amount
        stored = {row[:2]: list(row[2:]) for row in self.books.rows("account_balance", BALANCE, "book, account")}
        for key in sorted(expected.keys() | stored.keys()):
            self.findings.saw("account balances")
            if expected.get(key) != stored.get(key):
                path = self.accounts.get(key, {}).get("path", key[1])
                self.findings.add("drifted", f"{path}: counters {stored.get(key)}, postings add up to {expected.get(key)}")

    def check_items(self):
        expected = {}
        for transaction in self.transactions.values():
            for leg in transaction.legs:
                if leg.item and transaction.phase in (POSTED, HOLD_POSTED, REVERSAL):
                    sums = expected.setdefault((transaction.book, leg.account) + leg.item, [0, 0])
                    sums[0 if leg.side == DEBIT else 1] += leg.amount
        stored = {row[:4]: list(row[4:]) for row in self.books.rows("item_balance", ITEM, "book, account, item_kind, item")}
        for key in sorted(expected.keys() | stored.keys()):
            self.findings.saw("item balances")
            if expected.get(key) != stored.get(key):
                self.findings.add("drifted", f"item {key}: {stored.get(key)}, its postings add up to {expected.get(key)}")

    def check_holds(self):
        """What was taken from a hold, by those that name it as their parent, is what it has lost."""
        taken, posted = {}, {}
        for transaction in self.transactions.values():
            if transaction.phase in (3, 4, 5, 6):
                key = (transaction.book, transaction.parent)
                taken[key] = taken.get(key, 0) + (transaction.amount_minor or 0)
                if transaction.phase == HOLD_POSTED:
                    posted[key] = posted.get(key, 0) + (transaction.amount_minor or 0)
        holds = {(row["book"], row["id"]): row for row in self.dicts("hold", HOLD, "book, id")}
        for key, transaction in self.transactions.items():
            if transaction.phase == PENDING and key not in holds:
                self.findings.add("drifted", f"{transaction} is pending and has no hold")
        for key, hold in holds.items():
            self.findings.saw("holds")
            held = self.transactions.get(key)
            if held is None or held.phase != PENDING:
                self.findings.add("drifted", f"the hold {text('ltx', key[1])} belongs to no pending ledger transaction")
            elif held.leg_count == 2 and (hold["remaining_minor"], hold["posted_minor"]) != (
                held.amount_minor - taken.get(key, 0), posted.get(key, 0)):
                self.findings.add("drifted", f"{held}: its hold has {hold['remaining_minor']} left, its ends leave another sum")

    def check_external_ids(self):
        seen = {}
        for transaction in self.transactions.values():
            if transaction.external_id is None:
                continue
            first = seen.setdefault((transaction.book, transaction.external_id), transaction)
            if first is not transaction:
                self.findings.add("doubled", f"{first} and {transaction} have one external id")
