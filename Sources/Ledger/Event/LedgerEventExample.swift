import EventLog
import Storage

/// What the examples on the events' pages tell of: a customer's wallet of ten euros.
enum LedgerEventExample {
    static let wallet = OpenedAccount(
        id: AccountID(rawValue: 3_637_000_000_000_000_001), path: path("wallet:7:EUR"), type: .liability, exponent: 2,
        ownerID: "7", isControl: false, tracksItems: false, purpose: .ordinary, floor: 0, ceiling: nil)

    static let posted = transaction(
        2, .posted, [debit("shop:till:EUR", 1_000), credit("wallet:7:EUR", 1_000)], externalID: "order-1007")

    static let reversal = transaction(
        3, .reversal, [debit("wallet:7:EUR", 250), credit("shop:till:EUR", 250)], reason: .reversal, parent: posted.id)

    static let hold = transaction(
        4, .pending, [debit("wallet:7:EUR", 1_000), credit("shop:till:EUR", 1_000)],
        expiresAt: Instant(microseconds: 1_775_031_764_123_456), hold: .timed)

    static func ending(_ phase: LedgerPhase, _ minorUnits: Int64) -> LoggedTransaction {
        transaction(
            5, phase, [debit("wallet:7:EUR", minorUnits), credit("shop:till:EUR", minorUnits)], parent: hold.id)
    }

    private static func transaction(
        _ number: Int64, _ phase: LedgerPhase, _ postings: [LoggedPosting], reason: PostingReason = .manual,
        parent: LedgerTransactionID? = nil, externalID: String? = nil, expiresAt: Instant? = nil,
        hold: Hold.Kind? = nil
    ) -> LoggedTransaction {
        let day = BookingDate(of: Instant(microseconds: 1_774_945_364_123_456))
        return LoggedTransaction(
            id: LedgerTransactionID(rawValue: 3_637_000_000_000_000_000 + number), phase: phase, reason: reason,
            parent: parent, externalID: externalID.flatMap(ExternalID.init(_:)), bookingDate: day, valueDate: day,
            occurredAt: nil, expiresAt: expiresAt, hold: hold, postings: postings)
    }

    private static func debit(_ account: String, _ minorUnits: Int64) -> LoggedPosting {
        LoggedPosting(account: path(account), side: .debit, minorUnits: minorUnits, item: nil)
    }

    private static func credit(_ account: String, _ minorUnits: Int64) -> LoggedPosting {
        LoggedPosting(account: path(account), side: .credit, minorUnits: minorUnits, item: nil)
    }

    private static func path(_ text: String) -> AccountPath {
        guard let path = AccountPath(text) else { preconditionFailure("\(text) is a path") }
        return path
    }
}
