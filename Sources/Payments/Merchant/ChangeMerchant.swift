import EventLog
import Ledger
import Storage

/// Agrees other terms with a merchant, or gives it another name. Payments made before keep what was agreed for them.
package struct ChangeMerchant: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let code: PathSegment
        /// Nil to leave them as they are.
        package let terms: MerchantTerms?
        package let displayName: String?
        package let context: EventContext

        package init(
            book: BookID, code: PathSegment, terms: MerchantTerms? = nil, displayName: String? = nil,
            context: EventContext
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

    /// What is so already stays, and no event tells of it.
    /// - Throws: `MerchantRejection.unknownMerchant`.
    package func run(_ command: Command) async throws -> Merchant {
        let draft = command.displayName.map { PrivateTextDraft(.displayName, $0, random: random) }
        return try await database.write(command.book, expecting: [MerchantStore.expectedKey(command.code)]) { work in
            var merchant = try MerchantStore.find(command.code, in: work)
            let subject = AllowedText(merchant.id)
            let isRenamed =
                try draft != nil
                && !texts.read(.displayName, of: subject, in: work).isText(command.displayName)
            let terms = command.terms ?? merchant.terms
            guard isRenamed || terms != merchant.terms else { return merchant }
            merchant.terms = terms
            work.update(merchant)
            if isRenamed, let draft { try texts.put(draft, of: subject, in: &work) }
            work.append(
                MerchantChanged(merchant: merchant.id, terms: terms, displayName: isRenamed ? draft?.hash : nil),
                context: command.context)
            return merchant
        }
    }
}
