"""The provider's own record held against the books: nobody was charged twice, and nothing was taken that is not booked.

The sandbox provider is another company with a file of its own. It is asked under the payment's command, `cmd_` and the
payment's number, as its idempotency key and reference.
"""

import os
import sqlite3

from .identifier import number, text

UNSETTLED = ("accepted", "authorizing")


class Provider:
    """The effects of the sandbox beside a data directory, by payment."""

    def __init__(self, path):
        self.authorized, self.captured, self.refunded, self.refunds = {}, {}, {}, {}
        if not os.path.exists(path):
            return
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        for reference, count in connection.execute("SELECT reference, count(*) FROM authorization GROUP BY reference"):
            self.authorized[number(reference)] = count
        asked = "SELECT reference, count(*) FROM operation WHERE kind = 'refund' AND reference IS NOT NULL GROUP BY reference"
        for reference, count in connection.execute(asked):
            self.refunds[number(reference)] = count
        moved = """
            SELECT a.reference, sum(e.amount) FROM effect e JOIN authorization a ON a.id = e.authorization
            WHERE e.kind = ? GROUP BY a.reference
            """
        for kind, sums in (("captured", self.captured), ("refunded", self.refunded)):
            sums.update((number(reference), amount) for reference, amount in connection.execute(moved, (kind,)))
        connection.close()

    def check(self, payments, findings, is_quiet, earlier):
        """`is_quiet` says that the server had time to finish: then both sides have to agree to the last unit.

        `earlier` is what the provider had before the books were read, where a server may be at work meanwhile: what it was asked
        for by then has to be in the books, and what the books say has to be done here by now.
        """
        known = {identifier: row for (_, identifier), row in payments.items()}
        for identifier in earlier.authorized.keys() - known.keys():
            findings.add("ghost", f"the provider was asked for {text('pay', identifier)}, which is not in the books")
        for identifier, count in self.authorized.items():
            findings.saw("authorizations at the provider")
            if count > 1:
                findings.add("doubled", f"the provider authorized {text('pay', identifier)} {count} times")
        for identifier, count in self.refunds.items():
            findings.saw("refunds at the provider")
            if count > 1:
                findings.add("doubled", f"the provider gave back {text('opr', identifier)} {count} times")
        for identifier, row in known.items():
            for kind, sums in (("captured", self.captured), ("refunded", self.refunded)):
                moved, booked = sums.get(identifier, 0), row[f"{kind}_minor"]
                if booked > moved:
                    findings.add("ghost", f"{text('pay', identifier)}: {booked} booked as {kind}, {moved} at the provider")
                elif is_quiet and booked < moved:
                    findings.add("lost", f"{text('pay', identifier)}: {moved} {kind} at the provider, {booked} booked")
            if is_quiet and row["status"] in UNSETTLED:
                findings.add("lost", f"{text('pay', identifier)} is still {row['status']}")
