import JSON
import Ledger
import Storage

/// Accounts and ledger transactions as callers see them.
extension JSONWriter {
    mutating func members(of account: Account) {
        field("id", account.id.description)
        field("path", account.path.text)
        field("type", account.type.rawValue)
        field("currency", account.currency.description)
        field("owner_id", orNull: account.ownerID?.text)
        field("is_control", account.isControl)
        field("purpose", account.purpose.rawValue)
        field("floor", orNull: account.floor)
        field("ceiling", orNull: account.ceiling)
        field("status", account.status.rawValue)
        field("created_at", account.openedAt.description)
    }

    /// Always all three balances: none of them is *the* balance.
    mutating func members(of reading: BalanceReading) {
        field("account", reading.account.id.description)
        field("path", reading.account.path.text)
        field("currency", reading.account.currency.description)
        field("normal_side", reading.account.type.normalSide.name)
        field("posted", reading.posted.minorUnits)
        field("pending", reading.pending.minorUnits)
        field("available", reading.available.minorUnits)
        beginObject("counters")
        field("debits_posted", reading.balance.debitsPosted)
        field("credits_posted", reading.balance.creditsPosted)
        field("debits_pending", reading.balance.debitsPending)
        field("credits_pending", reading.balance.creditsPending)
        endObject()
        field("as_of", reading.asOf)
    }

    mutating func members(of posting: AccountPosting) {
        field("ledger_transaction", posting.transaction.id.description)
        field("leg", posting.leg)
        field("side", posting.side.name)
        field("amount", posting.amount.minorUnits)
        field("currency", posting.amount.currency.description)
        field("item", orNull: posting.item?.description)
        field("reason", posting.transaction.reason.rawValue)
        field("booking_date", posting.transaction.bookingDate.description)
        field("value_date", posting.transaction.valueDate.description)
        field("recorded_at", posting.transaction.recordedAt.description)
        field("sequence", posting.transaction.sequence)
    }

    mutating func members(of reading: OpenItemReading, at now: Instant) {
        field("item", reading.item.description)
        field("open", reading.open.minorUnits)
        field("currency", reading.open.currency.description)
        field("opened_at", reading.openedAt.description)
        field("age_seconds", reading.age(at: now).microseconds / 1_000_000)
    }

    /// What was recorded, which never changes: repeating the request that made it gives the same members.
    mutating func members(of recorded: RecordedTransaction) {
        let header = recorded.header
        field("id", header.id.description)
        field("phase", header.phase.name)
        field("reason", header.reason.rawValue)
        field("external_id", orNull: header.externalID?.text)
        field("parent", orNull: header.parent?.description)
        beginArray("postings")
        for leg in recorded.legs { element(leg) }
        endArray()
        field("booking_date", header.bookingDate.description)
        field("value_date", header.valueDate.description)
        field("occurred_at", orNull: header.occurredAt?.description)
        field("expires_at", orNull: header.expiresAt?.description)
        field("recorded_at", header.recordedAt.description)
        field("sequence", header.sequence)
    }

    /// What was recorded, and what has become of it since.
    mutating func members(of reading: TransactionReading) {
        members(of: reading.recorded)
        field("state", reading.state.rawValue)
        field("remaining", orNull: reading.recorded.hold?.remaining)
        field("reversed", reading.reversedMinorUnits)
    }

    private mutating func element(_ leg: RecordedTransaction.Leg) {
        beginObject()
        field("account", leg.account.id.description)
        field("path", leg.account.path.text)
        field("side", leg.side.name)
        field("amount", leg.amount.minorUnits)
        field("currency", leg.amount.currency.description)
        field("item", orNull: leg.item?.description)
        endObject()
    }
}

extension Side {
    var name: String {
        switch self {
        case .debit: "debit"
        case .credit: "credit"
        }
    }

    init?(name: String) {
        switch name {
        case "debit": self = .debit
        case "credit": self = .credit
        default: return nil
        }
    }
}

extension PostingCursor {
    /// `ltx_0d7w3h5k9m2qa:1`.
    var text: String { "\(transaction):\(leg)" }

    init?(text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, let transaction = LedgerTransactionID(text: parts[0]),
            let leg = Int64(plainDigits: parts[1])
        else { return nil }
        self.init(transaction: transaction, leg: leg)
    }
}
