import JSON
import Ledger
import Money
import Storage

/// Reading a ledger transaction a caller wants recorded.
struct LedgerTransactionFields {
    let currencies: CurrencyRegistry

    /// The most legs one may have; more are several ledger transactions.
    static let postingCountMax = 1_000

    /// Takes its members from a body or an item of one.
    /// - Parameter standard: The external id of one that names none.
    func draft(
        _ fields: inout JSONFields, orElse standard: ExternalID? = nil
    ) throws -> LedgerTransactionDraft {
        let externalID = try fields.optionalParsed(
            "external_id", maxLength: ExternalID.lengthMax, "1 to 128 of A-Z a-z 0-9 _ . : / -", ExternalID.init)
        let postings = try fields.objects("postings", maxCount: Self.postingCountMax).map(posting)
        let phase = try phase(&fields)
        let bookingDate = try date("booking_date", &fields)
        let valueDate = try date("value_date", &fields)
        let occurredAt = try fields.optionalParsed("occurred_at", "a moment in RFC 3339", Instant.init(text:))
        return try LedgerTransactionDraft(
            .manual, postings, phase: phase, authority: .caller, externalID: externalID ?? standard,
            bookingDate: bookingDate,
            valueDate: valueDate, occurredAt: occurredAt)
    }

    private func posting(_ fields: JSONFields) throws -> Posting {
        var fields = fields
        let account = try fields.parsed(
            "account", maxLength: AccountPath.lengthMax, "an account's id or path", AccountReference.init(text:))
        let side = try fields.parsed("side", maxLength: 8, "debit or credit", Side.init(name:))
        let currency = try fields.currency(in: currencies)
        let amount = try fields.amount(of: currency)
        let item = try fields.optionalParsed(
            "item", "the identifier of what the posting belongs to", OpenItem.init(text:))
        try fields.finish()
        return Posting(account, side, amount, item: item)
    }

    /// `pending: true` is a hold: with `timeout_seconds` it expires by itself, without it only a request ends it.
    private func phase(_ fields: inout JSONFields) throws -> LedgerTransactionDraft.Phase {
        let isPending = try fields.optionalBool("pending") ?? false
        let timeout = try fields.optionalInteger("timeout_seconds")
        if !isPending, timeout != nil {
            throw Problem(
                .memberInvalid, "only a pending ledger transaction has a timeout",
                param: fields.path.member("timeout_seconds").description)
        }
        guard isPending else { return .posted }
        return .pending(timeout.map { .timed(seconds: $0) } ?? .reservation)
    }

    private func date(_ name: String, _ fields: inout JSONFields) throws -> BookingDate? {
        try fields.optionalParsed(name, maxLength: 10, "a day, YYYY-MM-DD", BookingDate.init(text:))
    }
}
