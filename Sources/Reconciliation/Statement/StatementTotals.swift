import EventLog
import JSON
import Ledger
import Money
import Payments
import Storage

/// A remittance as a provider's file tells of it: the whole, or what this file adds to it.
package struct TotalledRemittance: Hashable, Sendable {
    package let id: RemittanceID
    /// The bank account it is to arrive on, and the day by which it must have.
    package let bank: PathSegment
    package let dueDate: BookingDate
    package let totals: RemittanceTotals

    package init(id: RemittanceID, bank: PathSegment, dueDate: BookingDate, totals: RemittanceTotals) {
        self.id = id
        self.bank = bank
        self.dueDate = dueDate
        self.totals = totals
    }
}

/// What a bank says we have in one currency at the end of its file.
package struct ClosingBalance: Hashable, Sendable {
    package let closing: Amount

    package init(_ closing: Amount) {
        self.closing = closing
    }
}

// MARK: As objects in an event

extension TotalledRemittance {
    static let fields =
        [
            EventField("id", .identifier(RemittanceID.prefix), "the remittance"),
            EventField("reference", .text, "the provider's name for it"),
            EventField("bank", .text, "the bank account it is to arrive on"),
            EventField("due", .day, "the day by which it must have arrived"),
            EventField("line_count", .integer, "how many lines it has in this file"),
            EventField("gross", .integer, "what they add up to before fees, in minor units"),
            EventField("fee", .integer, "the provider's fees, in minor units"),
        ] + EventField.amount("what is sent")

    func write(to data: inout JSONWriter) {
        data.beginObject()
        data.field("id", id.description)
        data.field("reference", totals.reference.text)
        data.field("bank", bank.text)
        data.field("due", dueDate.description)
        data.field("line_count", totals.lineCount)
        data.field("gross", totals.gross.minorUnits)
        data.field("fee", totals.fee.minorUnits)
        data.fields(totals.net)
        data.endObject()
    }

    init(from object: JSONFields) throws {
        var fields = object
        id = try fields.logged("id", RemittanceID.init(text:))
        guard let reference = try fields.optionalLoggedReference("reference") else {
            throw fields.malformed("reference")
        }
        bank = try fields.logged("bank") { PathSegment($0) }
        dueDate = try fields.logged("due", BookingDate.init(text:))
        let lineCount = try fields.integer("line_count")
        let (gross, fee) = (try fields.integer("gross"), try fields.integer("fee"))
        let net = try fields.loggedAmount()
        totals = RemittanceTotals(
            reference: reference, lineCount: lineCount, gross: Amount(minorUnits: gross, currency: net.currency),
            fee: Amount(minorUnits: fee, currency: net.currency), net: net)
        try fields.finish()
    }
}

extension ClosingBalance {
    static let fields = EventField.amount("the balance")

    func write(to data: inout JSONWriter) {
        data.beginObject()
        data.fields(closing)
        data.endObject()
    }

    init(from object: JSONFields) throws {
        var fields = object
        closing = try fields.loggedAmount()
        try fields.finish()
    }
}

extension JSONFields {
    /// The objects of a list, none where it is absent.
    mutating func optionalElements(_ name: String) throws -> [JSONFields] {
        try (optionalArray(name, maxCount: .max) ?? []).enumerated().map { place, element in
            try JSONFields(element, at: path.member(name).element(place))
        }
    }
}
