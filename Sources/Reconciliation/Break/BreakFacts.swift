import Ledger
import Money
import Payments
import Storage

/// What was found to disagree, as it was when it was found. Never changed.
package struct BreakFacts: Hashable, Sendable {
    package let kind: BreakClass
    package let source: StatementSource
    /// The file in which it was found, or in which something should have been; nil where no file came at all.
    package let statement: StatementID?
    /// The line that disagrees; nil where a line is missing.
    package let line: StatementLineID?
    /// The movement it is about, where the books have one.
    package let movement: MovementKey?
    package let payment: PaymentID?
    /// The name the two sides know it by: the provider's for the movement, or of the remittance.
    package let providerReference: StatementReference?
    package let remittance: RemittanceID?
    /// What the books say, and what the file says.
    package let expected: Figure?
    package let found: Figure?
    /// What it left open in the books: of a shortfall what is missing, of a surplus negative, of money in suspense what is
    /// there. Nil where nothing is open.
    package let difference: Amount?
    /// A payment whose name is the same but for the case of its letters: for a person to look at.
    package let resembles: PaymentID?
    /// Its age counts from this day: the day it should have agreed.
    package let dueDate: BookingDate

    package init(
        _ kind: BreakClass, source: StatementSource, statement: StatementID?, line: StatementLineID? = nil,
        movement: MovementKey? = nil, payment: PaymentID? = nil, providerReference: StatementReference?,
        remittance: RemittanceID? = nil, expected: Figure?, found: Figure?, difference: Amount?,
        resembles: PaymentID? = nil, dueDate: BookingDate
    ) {
        precondition(expected != nil || found != nil, "a break has a side that says something")
        self.kind = kind
        self.source = source
        self.statement = statement
        self.line = line
        self.movement = movement
        self.payment = payment
        self.providerReference = providerReference
        self.remittance = remittance
        self.expected = expected
        self.found = found
        self.difference = difference?.isZero == true ? nil : difference
        self.resembles = resembles
        self.dueDate = dueDate
    }

    /// The currency of its money: that of the file, where the file says something.
    package var currency: Currency {
        guard let figure = found ?? expected else { preconditionFailure("a break has a side that says something") }
        return figure.currency
    }
}

extension BreakFacts {
    /// What whoever finds it on the list does next.
    package var nextAction: WorkItemAction {
        switch kind {
        case .missingHere: source.kind == .bank ? .clearSuspense : .findPayment
        case .missingThere: .awaitNextFile
        case .amountDiffers, .remittanceDiffersBank: .proposeAdjustment
        case .currencyDiffers, .duplicateLine, .feeDiffers: .claim
        }
    }
}
