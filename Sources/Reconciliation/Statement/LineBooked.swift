import EventLog
import JSON
import Ledger
import Money
import Payments
import Storage

package struct LineBooked: EventContent, Hashable {
    package static let type = "summa.reconciliation.line.booked"
    package static let meaning = "A line of a statement was booked: what it moved, and what it was found to be about."
    package static let subjectMeaning = "the line"
    package static let fields = StatementLine.fields + LedgerMembers.fields + WorkItemMembers.fields
    package static let example = ReconciliationExample.lineBooked

    package let line: StatementLine
    package let ledger: LedgerMembers
    package let workItems: WorkItemMembers

    package var subject: String { line.id.description }

    package init(_ line: StatementLine, ledger: LedgerMembers, workItems: WorkItemMembers = WorkItemMembers()) {
        self.line = line
        self.ledger = ledger
        self.workItems = workItems
    }

    package func write(to data: inout JSONWriter) {
        line.write(to: &data)
        ledger.write(to: &data)
        workItems.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let id = StatementLineID(text: subject) else { throw EventRejection.malformed("subject") }
        line = try StatementLine(id: id, from: &data)
        ledger = try LedgerMembers(from: &data)
        workItems = try WorkItemMembers(from: &data)
    }
}

extension StatementLine {
    fileprivate static let fields =
        [
            EventField("statement", .identifier(StatementID.prefix), "the statement"),
            EventField("number", .integer, "its place in the file, from 1"),
            EventField("kind", .oneOf(StatementLineKind.all.map(\.name)), "what it is about"),
            EventField("provider_reference", .text, optional: true, "the provider's name for the movement"),
            EventField("provider_payment", .text, optional: true, "the provider's name for the payment"),
            EventField("reference", .text, optional: true, "our name for it, echoed"),
            EventField("unknown_remittance", .text, optional: true, "the remittance it names, where we know none so"),
            EventField("bank_reference", .text, optional: true, "the bank's name for it"),
            EventField(
                "masked", .boolean, optional: true, "that digits of a name were hidden: they looked like a card's"),
            EventField("occurred_at", .instant, optional: true, "the provider's time of it"),
            EventField("booked", .day, "the day it belongs to"),
            EventField("valued", .day, optional: true, "the day the funds count from, when it is another"),
        ] + EventField.amount("what it is about, signed from our side, before the fee") + [
            EventField("fee", .integer, optional: true, "what the provider kept of it, in minor units"),
            EventField("remittance", .identifier(RemittanceID.prefix), optional: true, "the remittance it is of"),
            EventField(
                "payment", .identifier(PaymentID.prefix), optional: true, "the payment it was found to be about"),
            EventField(
                "break_class", .oneOf(BreakClass.allCases.map(\.rawValue)), optional: true,
                "how it disagrees with the books"),
        ]

    fileprivate func write(to data: inout JSONWriter) {
        data.field("statement", statement.description)
        data.field("number", number)
        data.field("kind", kind.name)
        data.field("provider_reference", ifPresent: providerReference?.text)
        data.field("provider_payment", ifPresent: providerPayment?.text)
        data.field("reference", ifPresent: reference?.text)
        data.field("unknown_remittance", ifPresent: unknownRemittance?.text)
        data.field("bank_reference", ifPresent: bankReference?.text)
        if holdsCardNumber { data.field("masked", true) }
        data.field("occurred_at", ifPresent: occurredAt?.description)
        data.field("booked", bookingDate.description)
        data.field("valued", ifPresent: valueDate == bookingDate ? nil : valueDate.description)
        data.fields(amount)
        data.field("fee", ifPresent: fee.isZero ? nil : fee.minorUnits)
        data.field("remittance", ifPresent: remittance?.description)
        data.field("payment", ifPresent: payment?.description)
        data.field("break_class", ifPresent: breakClass?.rawValue)
    }

    fileprivate init(id: StatementLineID, from data: inout JSONFields) throws {
        self.id = id
        statement = try data.logged("statement", StatementID.init(text:))
        number = try data.integer("number")
        kind = try data.logged("kind", StatementLineKind.init(name:))
        providerReference = try data.optionalLoggedReference("provider_reference")
        providerPayment = try data.optionalLoggedReference("provider_payment")
        reference = try data.optionalLoggedReference("reference")
        unknownRemittance = try data.optionalLoggedReference("unknown_remittance")
        bankReference = try data.optionalLoggedReference("bank_reference")
        holdsCardNumber = try data.optionalBool("masked") ?? false
        occurredAt = try data.optionalLogged("occurred_at", Instant.init(text:))
        bookingDate = try data.logged("booked", BookingDate.init(text:))
        valueDate = try data.optionalLogged("valued", BookingDate.init(text:)) ?? bookingDate
        amount = try data.loggedAmount()
        fee = Amount(minorUnits: try data.optionalInteger("fee") ?? 0, currency: amount.currency)
        remittance = try data.optionalLogged("remittance", RemittanceID.init(text:))
        payment = try data.optionalLogged("payment", PaymentID.init(text:))
        breakClass = try data.optionalLogged("break_class", BreakClass.init(rawValue:))
    }
}
