import Ledger
import Money

/// What an operation posted as the text of one column: `capture:ltx_0d7w3h5k9m2qa:1000:EUR:2`, one after another.
extension BookedTransaction {
    static func text(of bookings: [BookedTransaction]) -> String {
        bookings.map(\.text).joined(separator: " ")
    }

    /// Nil when any part is not as it was written.
    static func list(of text: String) -> [BookedTransaction]? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        let bookings = parts.compactMap { BookedTransaction(text: $0) }
        return bookings.count == parts.count ? bookings : nil
    }

    private var text: String {
        "\(reason.rawValue):\(id):\(amount.minorUnits):\(amount.currency.code):\(amount.currency.exponent)"
    }

    private init?(text: Substring) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 5, let reason = PostingReason(rawValue: String(parts[0])),
            let id = LedgerTransactionID(text: String(parts[1])), let minorUnits = Int64(parts[2]),
            let exponent = Int(parts[4]), let currency = Currency(recorded: parts[3], exponent: exponent)
        else { return nil }
        self.init(id: id, reason: reason, amount: Amount(minorUnits: minorUnits, currency: currency))
    }
}
