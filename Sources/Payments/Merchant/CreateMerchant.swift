import EventLog
import Ledger
import Storage

/// Registers a merchant. The same code, terms and name again give the same merchant.
package struct CreateMerchant: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let code: PathSegment
        package let terms: MerchantTerms
        /// How it is called; screened for card numbers by the caller.
        package let displayName: String?
        package let context: EventContext

        package init(
            book: BookID, code: PathSegment, terms: MerchantTerms, displayName: String? = nil, context: EventContext
        ) {
            self.book = book
            self.code = code
            self.terms = terms
            self.displayName = displayName
            self.context = context
        }
    }

    let database: Database
    let texts: PrivateTextStore
    let random: any RandomSource

    package init(database: Database, texts: PrivateTextStore, random: any RandomSource) {
        self.database = database
        self.texts = texts
        self.random = random
    }

    /// - Throws: `MerchantRejection.codeTaken`.
    package func run(_ command: Command) async throws -> Merchant {
        let name = command.displayName.map { PrivateTextDraft(.displayName, $0, random: random) }
        return try await database.write(command.book, expecting: [MerchantStore.expectedKey(command.code)]) { work in
            if let known = try work.find(Merchant.byCode, command.code.text) {
                return try same(known, command, in: work)
            }
            let merchant = Merchant(
                id: work.newIdentifier(), code: command.code, terms: command.terms, createdAt: work.now)
            work.insert(merchant)
            if let name { try texts.putFirst([name], of: AllowedText(merchant.id), in: &work) }
            work.append(
                MerchantCreated(
                    merchant: merchant.id, code: merchant.code, terms: merchant.terms, displayName: name?.hash),
                context: command.context)
            return merchant
        }
    }

    private func same(_ known: Merchant, _ command: Command, in work: borrowing UnitOfWork) throws -> Merchant {
        let name = try texts.read(.displayName, of: AllowedText(known.id), in: work)
        guard known.terms == command.terms, name.isText(command.displayName) else {
            throw MerchantRejection.codeTaken(command.code)
        }
        return known
    }
}

extension PrivateTextReading {
    /// Whether it is this text, or the absence of one.
    func isText(_ text: String?) -> Bool {
        guard case .text(let bytes, _) = self else { return text == nil }
        return text.map { bytes == Array($0.utf8) } ?? false
    }
}
