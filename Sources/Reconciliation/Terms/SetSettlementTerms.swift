import EventLog
import Ledger
import Payments
import Storage

/// Says how a provider settles with us. It holds for files that come from now on; what was booked stays as it is.
package struct SetSettlementTerms: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let terms: SettlementTerms
        package let context: EventContext

        package init(book: BookID, terms: SettlementTerms, context: EventContext) {
            self.book = book
            self.terms = terms
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// The same terms again change nothing.
    /// - Throws: `TermsRejection`.
    package func run(_ command: Command) async throws {
        let key = ExpectedKey.row(SettlementTerms.self, command.terms.key)
        try await database.write(command.book, expecting: [key]) { work in
            try SetSettlementTerms.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws {
        guard command.terms.isReasonable else { throw TermsRejection.outOfRange }
        let known = try work.find(SettlementTerms.self, command.terms.key)
        guard known != command.terms else { return }
        let code = command.terms.providerAccount
        guard let account = try work.find(ProviderAccount.byCode, code.text) else {
            throw TermsRejection.unknownProviderAccount(code)
        }
        let bank = known?.bank ?? account.terms.bank
        guard command.terms.bank == bank else { throw TermsRejection.otherBank(bank) }
        if known == nil { work.insert(command.terms) } else { work.update(command.terms) }
        work.append(SettlementTermsSet(terms: command.terms), context: command.context)
    }
}

/// Why terms were not set, in the order checked.
package enum TermsRejection: Error, Hashable {
    /// More than 100 minor units of rounding, 60 days on the way, or 3,650 days of patience; or less than none.
    case outOfRange
    case unknownProviderAccount(PathSegment)
    /// Remittances arrive on this bank account, as the contract says. Another one is another provider account.
    case otherBank(PathSegment)
}
