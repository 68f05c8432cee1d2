import Money

@testable import Reconciliation

/// A bank file as the sandbox's documentation says it is written, for tests to write one of their own.
struct BankText {
    struct Line {
        var amount: Amount
        var remittance: String?
    }

    static let heading = "record,booking_date,value_date,amount,currency,remittance,bank_reference"

    var name = "bnk_1"
    var date = "2026-04-01"
    /// What each account held before.
    var openings: [Amount]
    var lines: [Line]

    init(_ lines: [(Amount, String?)], openings: [Amount]? = nil) {
        self.lines = lines.map { Line(amount: $0.0, remittance: $0.1) }
        let currencies = Set(lines.map { $0.0.currency }).sorted()
        self.openings = openings ?? currencies.map { .zero($0) }
    }

    var closings: [Amount] {
        openings.map { opening in
            let own = lines.filter { $0.amount.currency == opening.currency }
            let sum = own.reduce(opening.minorUnits) { $0 + $1.amount.minorUnits }
            return Amount(minorUnits: sum, currency: opening.currency)
        }
    }

    var bytes: [UInt8] {
        let balances = openings.map { "opening,\(date),,\($0.decimal),\($0.currency),," }
        let moved = lines.enumerated().map { place, line in
            "line,\(date),\(date),\(line.amount.decimal),\(line.amount.currency),\(line.remittance ?? ""),\(name)_\(place)"
        }
        return SettlementText.bytes(
            [Self.heading, "header,\(date),,,,,\(name)"] + balances + moved
                + closings.map { "closing,\(date),,\($0.decimal),\($0.currency),," } + ["trailer,,,\(lines.count),,,"])
    }
}
