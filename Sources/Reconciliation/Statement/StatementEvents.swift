import EventLog
import JSON
import Ledger
import Money
import Storage

package struct StatementReceived: EventContent, Hashable {
    package static let type = "summa.reconciliation.statement.received"
    package static let meaning =
        "A file was read whole and found to agree with itself. Its lines are booked one by one after this."
    package static let subjectMeaning = "the statement"
    package static let fields =
        [
            EventField(
                "source", .oneOf(StatementSource.Kind.allCases.map(\.rawValue)), "whether a provider's file or a bank's"
            ),
            EventField("owner", .text, "the provider account's or the bank account's code"),
            EventField("format", .text, "the format it is written in"),
            EventField("sha256", .text, "of the file's bytes, in hexadecimal"),
            EventField("reference", .text, optional: true, "its writer's name for it"),
            EventField("date", .day, "the business day it is of"),
            EventField("covers_until", .instant, optional: true, "up to when it accounts for everything"),
            EventField("line_count", .integer, "how many lines will be booked"),
            EventField(
                "remittances", .list(.object(TotalledRemittance.fields)), optional: true, "what it says is sent"),
            EventField("balances", .list(.object(ClosingBalance.fields)), optional: true, "what the bank says we have"),
        ]
    package static let example = ReconciliationExample.statementReceived

    package let statement: Statement
    package let remittances: [TotalledRemittance]
    package let balances: [ClosingBalance]

    package var subject: String { statement.id.description }

    package init(_ statement: Statement, remittances: [TotalledRemittance] = [], balances: [ClosingBalance] = []) {
        self.statement = statement
        self.remittances = remittances
        self.balances = balances
    }

    package func write(to data: inout JSONWriter) {
        data.field("source", statement.source.kind.rawValue)
        data.field("owner", statement.source.owner.text)
        data.field("format", statement.format)
        data.field("sha256", hex: statement.hash)
        data.field("reference", ifPresent: statement.reference?.text)
        data.field("date", statement.date.description)
        data.field("covers_until", ifPresent: statement.coversUntil?.description)
        data.field("line_count", statement.lineCount)
        if !remittances.isEmpty {
            data.beginArray("remittances")
            for remittance in remittances { remittance.write(to: &data) }
            data.endArray()
        }
        if !balances.isEmpty {
            data.beginArray("balances")
            for balance in balances { balance.write(to: &data) }
            data.endArray()
        }
    }

    /// The moment of its receipt is the event's, which whoever replays it knows.
    package init(subject: String, from data: inout JSONFields) throws {
        guard let id = StatementID(text: subject) else { throw EventRejection.malformed("subject") }
        let kind = try data.logged("source", StatementSource.Kind.init(rawValue:))
        statement = Statement(
            id: id, source: StatementSource(kind, try data.logged("owner") { PathSegment($0) }),
            format: try data.string("format", maxLength: AllowedText.lengthMax),
            hash: try data.logged("sha256", Self.bytes(hexadecimal:)),
            reference: try data.optionalLoggedReference("reference"),
            date: try data.logged("date", BookingDate.init(text:)),
            coversUntil: try data.optionalLogged("covers_until", Instant.init(text:)),
            lineCount: try data.integer("line_count"), receivedAt: Instant(microseconds: 0))
        remittances = try data.optionalElements("remittances").map(TotalledRemittance.init(from:))
        balances = try data.optionalElements("balances").map(ClosingBalance.init(from:))
    }

    private static func bytes(hexadecimal text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}

package struct StatementImported: EventContent, Hashable {
    package static let type = "summa.reconciliation.statement.imported"
    package static let meaning = "A file was booked to its last line, and compared with what was due in it."
    package static let subjectMeaning = "the statement"
    package static let fields: [EventField] = []
    package static let example = StatementImported(id: ReconciliationExample.statementID)

    package let id: StatementID

    package var subject: String { id.description }

    package init(id: StatementID) {
        self.id = id
    }

    package func write(to data: inout JSONWriter) {}

    package init(subject: String, from data: inout JSONFields) throws {
        guard let id = StatementID(text: subject) else { throw EventRejection.malformed("subject") }
        self.id = id
    }
}
