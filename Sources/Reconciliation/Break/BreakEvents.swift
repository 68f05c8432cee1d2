import EventLog
import JSON
import Ledger
import Money
import Payments
import Storage

package struct BreakOpened: EventContent, Hashable {
    package static let type = "summa.reconciliation.break.opened"
    package static let meaning =
        "A file and the books do not agree. What may be booked of it at once was booked with its line; the rest waits."
    package static let subjectMeaning = "the break"
    package static let fields = BreakFacts.fields + WorkItemMembers.fields
    package static let example = ReconciliationExample.breakOpened

    package let id: BreakID
    package let facts: BreakFacts
    package let workItems: WorkItemMembers

    package var subject: String { id.description }

    package init(id: BreakID, facts: BreakFacts, workItems: WorkItemMembers) {
        self.id = id
        self.facts = facts
        self.workItems = workItems
    }

    package func write(to data: inout JSONWriter) {
        facts.write(to: &data)
        workItems.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let id = BreakID(text: subject) else { throw EventRejection.malformed("subject") }
        self.id = id
        facts = try BreakFacts(from: &data)
        workItems = try WorkItemMembers(from: &data)
    }
}

package struct BreakResolved: EventContent, Hashable {
    package static let type = "summa.reconciliation.break.resolved"
    package static let meaning = "A break was explained and is open no longer."
    package static let subjectMeaning = "the break"
    package static let fields =
        [
            EventField("resolution", .oneOf(BreakResolution.allCases.map(\.rawValue)), "how it ended"),
            EventField(
                "remittance", .identifier(RemittanceID.prefix), optional: true, "the remittance its line brought"),
        ] + LedgerMembers.fields
    package static let example = BreakResolved(id: ReconciliationExample.breakID, resolution: .laterLine)

    package let id: BreakID
    package let resolution: BreakResolution
    package let remittance: RemittanceID?
    package let ledger: LedgerMembers

    package var subject: String { id.description }

    package init(
        id: BreakID, resolution: BreakResolution, remittance: RemittanceID? = nil,
        ledger: LedgerMembers = LedgerMembers()
    ) {
        self.id = id
        self.resolution = resolution
        self.remittance = remittance
        self.ledger = ledger
    }

    package func write(to data: inout JSONWriter) {
        data.field("resolution", resolution.rawValue)
        data.field("remittance", ifPresent: remittance?.description)
        ledger.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let id = BreakID(text: subject) else { throw EventRejection.malformed("subject") }
        self.id = id
        resolution = try data.logged("resolution", BreakResolution.init(rawValue:))
        remittance = try data.optionalLogged("remittance", RemittanceID.init(text:))
        ledger = try LedgerMembers(from: &data)
    }
}

// MARK: What was found, as members of an event

extension BreakFacts {
    fileprivate static let fields = [
        EventField("class", .oneOf(BreakClass.allCases.map(\.rawValue)), "how they disagree"),
        EventField(
            "source", .oneOf(StatementSource.Kind.allCases.map(\.rawValue)), "whether a provider's file or a bank's"),
        EventField("owner", .text, "the provider account's or the bank account's code"),
        EventField("statement", .identifier(StatementID.prefix), optional: true, "the file"),
        EventField("line", .identifier(StatementLineID.prefix), optional: true, "the line that disagrees"),
        EventField("movement", .object(MovementKey.fields), optional: true, "the movement of ours it is about"),
        EventField("payment", .identifier(PaymentID.prefix), optional: true, "the payment it is about"),
        EventField("provider_reference", .text, optional: true, "the name both sides know it by"),
        EventField("remittance", .identifier(RemittanceID.prefix), optional: true, "the remittance it is in"),
        EventField("expected", .object(Figure.fields), optional: true, "what the books say"),
        EventField("found", .object(Figure.fields), optional: true, "what the file says"),
        EventField(
            "difference", .integer, optional: true,
            "what stands open in the books because of it, in minor units of what was found, else of what was expected"),
        EventField(
            "resembles", .identifier(PaymentID.prefix), optional: true,
            "a payment whose name differs in the case of letters only"),
        EventField("due", .day, "the day they should have agreed"),
    ]

    fileprivate func write(to data: inout JSONWriter) {
        data.field("class", kind.rawValue)
        data.field("source", source.kind.rawValue)
        data.field("owner", source.owner.text)
        data.field("statement", ifPresent: statement?.description)
        data.field("line", ifPresent: line?.description)
        data.field("movement", ifPresent: movement)
        data.field("payment", ifPresent: payment?.description)
        data.field("provider_reference", ifPresent: providerReference?.text)
        data.field("remittance", ifPresent: remittance?.description)
        data.field("expected", ifPresent: expected)
        data.field("found", ifPresent: found)
        data.field("difference", ifPresent: difference?.minorUnits)
        data.field("resembles", ifPresent: resembles?.description)
        data.field("due", dueDate.description)
    }

    fileprivate init(from data: inout JSONFields) throws {
        let kind = try data.logged("class", BreakClass.init(rawValue:))
        let sourceKind = try data.logged("source", StatementSource.Kind.init(rawValue:))
        let owner = try data.logged("owner") { PathSegment($0) }
        let expected = try data.optionalLoggedFigure("expected")
        let found = try data.optionalLoggedFigure("found")
        guard let currency = (found ?? expected)?.currency else { throw data.malformed("found") }
        self.init(
            kind, source: StatementSource(sourceKind, owner),
            statement: try data.optionalLogged("statement", StatementID.init(text:)),
            line: try data.optionalLogged("line", StatementLineID.init(text:)),
            movement: try data.optionalLoggedMovement("movement"),
            payment: try data.optionalLogged("payment", PaymentID.init(text:)),
            providerReference: try data.optionalLoggedReference("provider_reference"),
            remittance: try data.optionalLogged("remittance", RemittanceID.init(text:)), expected: expected,
            found: found,
            difference: try data.optionalInteger("difference").map { Amount(minorUnits: $0, currency: currency) },
            resembles: try data.optionalLogged("resembles", PaymentID.init(text:)),
            dueDate: try data.logged("due", BookingDate.init(text:)))
    }
}
