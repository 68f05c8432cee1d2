"""Rows held against the events that tell of them: what one says and the other does not was lost or was never asked for."""

from .identifier import number, text
from .ledger import CREDIT, DEBIT, PHASES

CHARGE_INITIATED = "summa.payments.charge.initiated"
REFUND_REQUESTED = "summa.payments.refund.requested"
PAYMENT = {
    "book": int, "id": int, "merchant": str, "reference": str, "amount_minor": int, "currency": str, "hold": int,
    "captured_minor": int, "refunded_minor": int, "status": str,
}
OPERATION = {"book": int, "id": int, "payment": int, "kind": str, "origin": str, "amount_minor": int}
KEY = {"book": int, "key_hash": bytes}


class Told:
    """What the log tells, kept as it is read: ledger transactions, charges, and which intent caused what."""

    def __init__(self, books, ledger, findings):
        self.ledger = ledger
        self.books = books
        self.findings = findings
        self.transactions = {}
        self.charges = {}
        self.refunds = {}
        self.by_trace = {}
        self.payments = {
            (row["book"], row["id"]): row for row in ledger.dicts("payment", PAYMENT, "book, id")
        }
        self.operations = {
            (row["book"], row["id"]): row for row in ledger.dicts("payment_operation", OPERATION, "book, id")
        }

    def take(self, event):
        if event.trace:
            self.by_trace.setdefault(event.trace, []).append(event)
        if event.type == CHARGE_INITIATED:
            self.take_charge(event)
        if event.type == REFUND_REQUESTED:
            self.refunds[event.book, number(event.data["operations"][0]["id"])] = event
        entries = event.data.get("ledger", [])
        for entry in entries if isinstance(entries, list) else []:
            key = (event.book, number(entry.get("id")))
            if key in self.transactions:
                self.findings.add("doubled", f"{entry.get('id')} is told twice, the second time in {event}")
            self.transactions[key] = (event, entry)

    def take_charge(self, event):
        key = (event.book, number(event.subject))
        if key in self.charges:
            self.findings.add("doubled", f"{event.subject} begins twice, the second time in {event}")
        self.charges[key] = event

    def check(self):
        self.check_transactions()
        self.check_charges()
        self.check_refunds()
        self.check_keys()

    def check_transactions(self):
        for key, (event, entry) in self.transactions.items():
            row = self.ledger.transactions.get(key)
            if row is None:
                self.findings.add("lost", f"{event} tells of {entry.get('id')}, and there is no such row")
            elif not self.agree(row, event, entry):
                self.findings.add("differs", f"{row} is not what {event} tells")
        for key, row in self.ledger.transactions.items():
            if key not in self.transactions:
                self.findings.add("ghost", f"no event tells of {row}")

    def agree(self, row, event, entry):
        legs = []
        for leg in row.legs:
            account = self.ledger.accounts.get((row.book, leg.account), {})
            legs.append((account.get("path"), leg.side, leg.amount))
        told = [
            (leg["account"], DEBIT, leg["debit"]) if "debit" in leg else (leg["account"], CREDIT, leg["credit"])
            for leg in entry["postings"]
        ]
        # A row of two legs keeps the debit first, whichever the caller named first.
        return (
            sorted(legs) == sorted(told)
            and row.phase == PHASES.get(entry["phase"])
            and row.sequence == event.sequence
            and row.external_id == entry.get("external_id")
            and row.parent == number(entry.get("parent"))
            and row.reason == entry.get("reason")
        )

    def check_charges(self):
        for key, event in self.charges.items():
            self.findings.saw("charges")
            row = self.payments.get(key)
            if row is None:
                self.findings.add("lost", f"{event} began {event.subject}, and there is no such payment")
            elif (row["amount_minor"], row["currency"], row["reference"]) != (
                event.data["amount"], event.data["currency"], event.data.get("reference")):
                self.findings.add("differs", f"{event.subject} is not what {event} tells")
        for key in self.payments:
            if key not in self.charges:
                self.findings.add("ghost", f"no event began {text('pay', key[1])}")

    def check_refunds(self):
        for key, event in self.refunds.items():
            self.findings.saw("refunds")
            row, told = self.operations.get(key), event.data["operations"][0]
            if row is None:
                self.findings.add("lost", f"{event} asked for {told['id']}, and there is no such operation")
            elif (row["payment"], row["kind"], row["amount_minor"]) != (number(event.subject), "refund", told["amount"]):
                self.findings.add("differs", f"{told['id']} is not what {event} tells")
        for key, row in self.operations.items():
            if (row["kind"], row["origin"]) == ("refund", "request") and key not in self.refunds:
                self.findings.add("ghost", f"no event asked for {text('opr', key[1])}")

    def check_keys(self):
        """One idempotency key, one claim; and one charge or refund, by what the events themselves say."""
        seen = set()
        for key in self.books.rows("idempotency", KEY, "book"):
            if key in seen:
                self.findings.add("doubled", f"an idempotency key of book {key[0]} was claimed twice")
            seen.add(key)
        begun = {}
        for event in (*self.charges.values(), *self.refunds.values()):
            claim = event.data.get("idempotency", {}).get("key")
            if claim and begun.setdefault((event.book, claim), event) is not event:
                self.findings.add("doubled", f"{event} and {begun[event.book, claim]} have one idempotency key")
