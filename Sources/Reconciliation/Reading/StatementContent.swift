import Ledger
import Money
import Storage

/// What a file says, read and checked against itself. Whether it agrees with the books is another question.
package enum StatementContent: Hashable, Sendable {
    case settlement(SettlementContent)
    case bank(BankContent)

    package var reference: StatementReference? {
        switch self {
        case .settlement(let content): content.reference
        case .bank(let content): content.reference
        }
    }

    /// The day it is the statement of.
    package var date: BookingDate {
        switch self {
        case .settlement(let content): content.date
        case .bank(let content): content.date
        }
    }

    package var lineCount: Int {
        switch self {
        case .settlement(let content): content.lines.count
        case .bank(let content): content.lines.count
        }
    }
}

/// A provider's file: movements of money, and the remittances in which it sends what they add up to.
package struct SettlementContent: Hashable, Sendable {
    /// The provider's name for the file, where it has one.
    package let reference: StatementReference?
    package let date: BookingDate
    /// The moment up to which it accounts for what happened, where it says so.
    package let coversUntil: Instant?
    package let lines: [SettlementLine]
    /// One for each remittance of the lines, in the order of the file. The lines' nets add up to the remittance's.
    package let remittances: [RemittanceTotals]

    package init(
        reference: StatementReference?, date: BookingDate, coversUntil: Instant?, lines: [SettlementLine],
        remittances: [RemittanceTotals]
    ) {
        self.reference = reference
        self.date = date
        self.coversUntil = coversUntil
        self.lines = lines
        self.remittances = remittances
    }
}

/// A bank's file: for each currency the balance before, the movements, and the balance after.
package struct BankContent: Hashable, Sendable {
    package let reference: StatementReference?
    package let date: BookingDate
    package let lines: [BankLine]
    /// One for each currency. Opening and lines add up to closing.
    package let balances: [BankBalanceTotals]

    package init(
        reference: StatementReference?, date: BookingDate, lines: [BankLine], balances: [BankBalanceTotals]
    ) {
        self.reference = reference
        self.date = date
        self.lines = lines
        self.balances = balances
    }
}
