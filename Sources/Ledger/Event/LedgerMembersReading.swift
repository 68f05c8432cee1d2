import EventLog
import JSON
import Money
import Storage

/// Reading the members back, out of an event of any type. Everything is parsed into the type it was written from, so
/// that replay works on values and never on text.
extension LedgerMembers {
    /// What an event of any type tells of the ledger, nothing included.
    package init(of event: EventDocument) throws {
        var data = try JSONFields(event.data())
        try self.init(from: &data)
    }

    /// - Throws: `JSONFieldError` or `EventRejection.malformed`, naming the first member that is not as published.
    package init(from data: inout JSONFields) throws {
        accounts = try data.optionalObjects("accounts").map(OpenedAccount.init(from:))
        transactions = try data.optionalObjects("ledger").map(LoggedTransaction.init(from:))
    }
}

extension OpenedAccount {
    fileprivate init(from object: JSONFields) throws {
        var fields = object
        id = try fields.parsed("id", AccountID.init(text:))
        path = try fields.parsed("path") { AccountPath($0) }
        type = try fields.parsed("type", AccountType.init(rawValue:))
        exponent = Int(try fields.integer("exponent"))
        ownerID = try fields.optionalParsed("owner_id") { AllowedText($0) }
        isControl = try fields.optionalBool("control") ?? false
        tracksItems = try fields.optionalBool("items") ?? false
        purpose = try fields.optionalParsed("purpose", AccountPurpose.init(rawValue:)) ?? .ordinary
        floor = try fields.optionalInteger("floor")
        ceiling = try fields.optionalInteger("ceiling")
        try fields.finish()
        guard Currency.exponents.contains(exponent) else { throw fields.malformed("exponent") }
    }
}

extension LoggedTransaction {
    fileprivate init(from object: JSONFields) throws {
        var fields = object
        id = try fields.parsed("id", LedgerTransactionID.init(text:))
        phase = try fields.parsed("phase", LedgerPhase.init(name:))
        reason = try fields.parsed("reason", PostingReason.init(rawValue:))
        parent = try fields.optionalParsed("parent", LedgerTransactionID.init(text:))
        externalID = try fields.optionalParsed("external_id") { ExternalID($0) }
        bookingDate = try fields.parsed("booked", BookingDate.init(text:))
        valueDate = try fields.optionalParsed("valued", BookingDate.init(text:)) ?? bookingDate
        occurredAt = try fields.optionalParsed("occurred_at", Instant.init(text:))
        expiresAt = try fields.optionalParsed("expires_at", Instant.init(text:))
        hold = try fields.optionalParsed("hold", Hold.Kind.init(rawValue:))
        postings = try fields.objects("postings", maxCount: .max).map(LoggedPosting.init(from:))
        try fields.finish()
        guard postings.count >= 2 else { throw fields.malformed("postings") }
        guard (phase == .pending) == (hold != nil) else { throw fields.malformed("hold") }
    }
}

extension LoggedPosting {
    fileprivate init(from object: JSONFields) throws {
        var fields = object
        account = try fields.parsed("account") { AccountPath($0) }
        let debit = try fields.optionalInteger("debit")
        let credit = try fields.optionalInteger("credit")
        item = try fields.optionalParsed("item", OpenItem.init(text:))
        try fields.finish()
        switch (debit, credit) {
        case (let amount?, nil): (side, minorUnits) = (.debit, amount)
        case (nil, let amount?): (side, minorUnits) = (.credit, amount)
        default: throw fields.malformed("debit")
        }
        guard minorUnits > 0 else { throw fields.malformed(side.description) }
    }
}

extension JSONFields {
    /// A text that must parse.
    fileprivate mutating func parsed<Value>(_ name: String, _ parse: (String) -> Value?) throws -> Value {
        let text = try string(name, maxLength: AllowedText.lengthMax)
        guard let value = parse(text) else { throw malformed(name) }
        return value
    }

    fileprivate mutating func optionalParsed<Value>(_ name: String, _ parse: (String) -> Value?) throws -> Value? {
        guard let text = try optionalString(name, maxLength: AllowedText.lengthMax) else { return nil }
        guard let value = parse(text) else { throw malformed(name) }
        return value
    }

    /// The objects of a list that may not be there. A list we wrote ourselves has any length.
    fileprivate mutating func optionalObjects(_ name: String) throws -> [JSONFields] {
        let elements = try optionalArray(name, maxCount: .max) ?? []
        return try elements.enumerated().map { try JSONFields($1, at: path.member(name).element($0)) }
    }

    fileprivate func malformed(_ name: String) -> EventRejection {
        .malformed(path.member(name).description)
    }
}
