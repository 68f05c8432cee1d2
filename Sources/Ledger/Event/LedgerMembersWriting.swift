import JSON
import Storage

/// Writing the members: lean, and the same bytes for ever.
extension LedgerMembers {
    package func write(to data: inout JSONWriter) {
        if !accounts.isEmpty {
            data.beginArray("accounts")
            for account in accounts { account.write(to: &data) }
            data.endArray()
        }
        if !transactions.isEmpty {
            data.beginArray("ledger")
            for transaction in transactions { transaction.write(to: &data) }
            data.endArray()
        }
    }
}

extension OpenedAccount {
    fileprivate func write(to data: inout JSONWriter) {
        data.beginObject()
        data.field("id", id.description)
        data.field("path", path.text)
        data.field("type", type.rawValue)
        data.field("exponent", exponent)
        data.field("owner_id", ifPresent: ownerID?.text)
        if isControl { data.field("control", true) }
        if tracksItems { data.field("items", true) }
        if purpose.returnsToZero { data.field("purpose", purpose.rawValue) }
        data.field("floor", ifPresent: floor)
        data.field("ceiling", ifPresent: ceiling)
        data.endObject()
    }
}

extension LoggedTransaction {
    fileprivate func write(to data: inout JSONWriter) {
        data.beginObject()
        data.field("id", id)
        data.field("phase", phase.name)
        data.field("reason", reason.rawValue)
        if let parent { data.field("parent", parent) }
        data.field("external_id", ifPresent: externalID?.text)
        data.field("booked", bookingDate)
        if valueDate != bookingDate { data.field("valued", valueDate) }
        data.field("occurred_at", ifPresent: occurredAt?.description)
        data.field("expires_at", ifPresent: expiresAt?.description)
        data.field("hold", ifPresent: hold?.rawValue)
        data.beginArray("postings")
        for posting in postings { posting.write(to: &data) }
        data.endArray()
        data.endObject()
    }
}

extension LoggedPosting {
    fileprivate func write(to data: inout JSONWriter) {
        data.beginObject()
        data.field("account", account.text)
        switch side {
        case .debit: data.field("debit", minorUnits)
        case .credit: data.field("credit", minorUnits)
        }
        data.field("item", ifPresent: item?.description)
        data.endObject()
    }
}

extension JSONWriter {
    @inline(__always)
    fileprivate mutating func field(_ name: StaticString, _ id: LedgerTransactionID) {
        beginText(name)
        add(upTo: LedgerTransactionID.textByteCount, id.writeText(to:))
        endText()
    }

    fileprivate mutating func field(_ name: StaticString, _ date: BookingDate) {
        beginText(name)
        add(upTo: BookingDate.textByteCount, date.writeText(to:))
        endText()
    }
}
