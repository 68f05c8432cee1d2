"""The client's own record held against the books: what was acknowledged is there, once; what is there was asked for.

Each intent of the client has a trace of its own (W3C Trace Context), which the server continues into the events it
causes. So an effect is known by whose intent it was, whatever identifier it got.
"""

import json

from .identifier import number
from .ledger import CREDIT, DEBIT, PENDING, POSTED

EFFECTS = {
    "charge": "summa.payments.charge.initiated",
    "transfer": "summa.ledger.transaction.posted",
    "split": "summa.ledger.transaction.posted",
    "hold": "summa.ledger.hold.placed",
    "refund": "summa.payments.refund.requested",
}


class Intent:
    """One effect the client wanted, and every answer it got."""

    def __init__(self, line):
        self.key = line["intent"]
        self.kind = line["kind"]
        self.path = line["path"]
        self.body = line["body"]
        self.trace = line["trace"]
        self.answers = []

    @property
    def acknowledgements(self):
        return [answer["body"] for answer in self.answers if 200 <= answer["status"] < 300]

    @property
    def is_refused(self):
        """Refused for good: nothing may have come of it. A refusal that says it may go otherwise later is none."""
        return bool(self.answers) and not self.acknowledgements and 400 <= self.answers[-1]["status"] < 500 and (
            self.answers[-1]["status"] not in (408, 429))


def read(path):
    """The intents of a record, by trace. Its last line may be cut off, if the client itself was stopped."""
    by_key, by_trace = {}, {}
    with open(path, encoding="utf-8") as file:
        for text in file.read().split("\n")[:-1]:
            line = json.loads(text)
            if "intent" in line:
                intent = Intent(line)
                by_key[intent.key] = by_trace[intent.trace] = intent
            elif "answer" in line:
                by_key[line["answer"]].answers.append(line)
    return by_trace


def effect_of(event):
    """The number of what an event brought into being: what its acknowledgement names."""
    return number(event.data["operations"][0]["id"] if event.type == EFFECTS["refund"] else event.subject)


class Promises:
    """Compares intents with what the log and the rows tell."""

    def __init__(self, intents, told, findings):
        self.intents = intents
        self.told = told
        self.findings = findings

    def check(self):
        effects = {}
        for trace, events in self.told.by_trace.items():
            for event in events:
                if event.type in EFFECTS.values():
                    effects.setdefault(trace, []).append(event)
        for trace, intent in self.intents.items():
            self.findings.saw("intents")
            self.check_intent(intent, effects.pop(trace, []))
        for events in effects.values():
            self.findings.add("ghost", f"{events[0]} belongs to no intent of the client's")
        self.check_uncaused()

    def check_intent(self, intent, effects):
        acknowledged = {answer["id"] for answer in intent.acknowledgements}
        if len(effects) > 1 or len(acknowledged) > 1:
            self.findings.add("doubled", f"{intent.key} took effect {len(effects)} times, told as {sorted(acknowledged)}")
        if effects and intent.is_refused:
            self.findings.add("ghost", f"{intent.key} was refused, and {effects[0]} did it")
        for event in effects:
            if event.type != EFFECTS[intent.kind] or not self.is_asked(intent, event):
                self.findings.add("ghost", f"{event} is not what {intent.key} asked for")
        for answer in intent.acknowledgements[:1]:
            self.findings.saw("acknowledgements")
            if not any(effect_of(event) == number(answer["id"]) for event in effects):
                self.findings.add("lost", f"{intent.key} was acknowledged as {answer['id']}, and no event tells of it")
            elif not self.has_row(intent, answer):
                self.findings.add("lost", f"{intent.key} was acknowledged as {answer['id']}, and there is no such row")

    def is_asked(self, intent, event):
        if intent.kind == "charge":
            return all(event.data.get(name) == intent.body[name] for name in ("amount", "currency", "reference"))
        if intent.kind == "refund":
            asked = (event.data["operations"][0]["amount"], f"/v1/payments/{event.subject}/refunds")
            return asked == (intent.body["amount"], intent.path)
        entry = event.data["ledger"][0]
        wanted = sorted((leg["account"], leg["side"], leg["amount"]) for leg in intent.body["postings"])
        found = sorted(
            (leg["account"], "debit" if "debit" in leg else "credit", leg.get("debit", leg.get("credit")))
            for leg in entry["postings"]
        )
        return wanted == found and entry.get("external_id") == intent.body.get("external_id")

    def has_row(self, intent, answer):
        book = next((event.book for event in self.told.by_trace.get(intent.trace, [])), None)
        transactions = self.told.ledger.transactions
        if intent.kind == "charge":
            row = self.told.payments.get((book, number(answer["id"])))
            held = transactions.get((book, number(answer["txn_id"])))
            return row is not None and held is not None and row["hold"] == held.id and (
                row["amount_minor"], row["reference"]) == (intent.body["amount"], intent.body["reference"])
        if intent.kind == "refund":
            row = self.told.operations.get((book, number(answer["id"])))
            return row is not None and (row["kind"], row["amount_minor"]) == ("refund", intent.body["amount"])
        row = transactions.get((book, number(answer["id"])))
        debits = sum(leg.amount for leg in row.legs if leg.side == DEBIT) if row else 0
        credits = sum(leg.amount for leg in row.legs if leg.side == CREDIT) if row else 0
        asked = sum(leg["amount"] for leg in intent.body["postings"] if leg["side"] == "debit")
        phase = PENDING if intent.kind == "hold" else POSTED
        return row is not None and debits == credits == asked and row.phase == phase

    def check_uncaused(self):
        """What nobody's trace explains: the client is the only one who charges or posts by hand."""
        for (_, _), event in self.told.charges.items():
            if not event.trace:
                self.findings.add("ghost", f"{event} was caused by nobody")
        for event, entry in self.told.transactions.values():
            if entry.get("reason") == "manual" and entry["phase"] in ("posted", "pending") and not event.trace:
                self.findings.add("ghost", f"{event} was caused by nobody")
