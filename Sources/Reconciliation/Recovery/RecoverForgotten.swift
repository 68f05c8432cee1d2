import EventLog
import Ledger
import Payments
import Storage

/// Recovers what a restored book has forgotten, as far as anything left here names it: lines of the provider's files that
/// nothing explains, facts that found no payment, and promises the book believes in. Each is asked about by the provider's
/// name for the payment; what the provider says is booked, and a line in suspense that is explained by it leaves suspense.
///
/// One call goes through one page of them and says where the next begins: what is in memory, and how long a call takes, does
/// not grow with what was forgotten. Each payment is a commit of its own: broken off, it is run again from the beginning,
/// where what was recovered is found to be so; run twice, it does nothing.
package struct RecoverForgotten: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let providerAccount: PathSegment
        /// Whose sales they were. Nil for the book's only merchant.
        package let merchant: PathSegment?
        package let scope: Scope
        package let context: EventContext

        package init(
            book: BookID, providerAccount: PathSegment, merchant: PathSegment? = nil, scope: Scope,
            context: EventContext
        ) {
            self.book = book
            self.providerAccount = providerAccount
            self.merchant = merchant
            self.scope = scope
            self.context = context
        }
    }

    /// What is asked about.
    package enum Scope: Sendable {
        /// One page of all there is; nil for the first.
        case page(from: RecoveryPosition?)
        /// These payments, by the provider's names for them, as where sales were of several merchants.
        case payments([ProviderReference])
    }

    private let database: Database
    private let payments: RecoverPayment
    private let pageCount: Int
    /// How many questions are under way at once.
    private static let concurrencyMax = 8

    /// - Parameter pageCount: How many rows that may name a payment one call looks at. Eight rounds of questions, so that a page
    ///   ends within a minute even where the provider lets each run into its time-out.
    package init(database: Database, payments: RecoverPayment, pageCount: Int = 64) {
        self.database = database
        self.payments = payments
        self.pageCount = pageCount
    }

    /// - Throws: `RequestRejection` where the provider account is not there, or nothing says whose sale a payment was; what was
    ///   recovered before stays.
    package func run(_ command: Command) async throws -> Recovery {
        let account = command.providerAccount
        let isThere = try database.read(command.book) { try ProviderAccountStore.find(account, in: $0) != nil }
        guard isThere else { throw RequestRejection(.charge, .unknownProviderAccount) }
        let (names, next) = try names(for: command)
        let counts = try await ask(about: names, command)
        // What was booked explains lines as soon as the movements have followed; those are not asked about by a later page.
        try await FollowPayments(database: database).catchUp(command.book)
        guard next == nil else { return Recovery(counts: counts, next: next, unexplainedLineCount: nil) }
        let openCount = try database.read(command.book) { try UnexplainedLineStore.count(of: account, in: $0) }
        return Recovery(counts: counts, next: nil, unexplainedLineCount: openCount)
    }

    private func names(for command: Command) throws -> ([ProviderReference], next: RecoveryPosition?) {
        switch command.scope {
        case .payments(let names): return (names, next: nil)
        case .page(let position):
            let page = try database.read(command.book) {
                try ForgottenNames(of: command.providerAccount, from: position ?? .start, limit: pageCount, in: $0)
            }
            return (page.all, page.next)
        }
    }

    private func ask(about names: [ProviderReference], _ command: Command) async throws -> [RecoveryOutcome: Int] {
        try await withThrowingTaskGroup(of: RecoveryOutcome.self) { group in
            var waiting = names[...]
            var counts: [RecoveryOutcome: Int] = [:]
            func start() {
                guard let name = waiting.popFirst() else { return }
                group.addTask { try await recover(name, command) }
            }
            for _ in 0..<Self.concurrencyMax { start() }
            while let outcome = try await group.next() {
                counts[outcome, default: 0] += 1
                start()
            }
            return counts
        }
    }

    private func recover(_ name: ProviderReference, _ command: Command) async throws -> RecoveryOutcome {
        try await payments.run(
            .init(
                book: command.book, providerAccount: command.providerAccount, payment: name,
                merchant: command.merchant, context: command.context))
    }
}

/// What came of a page of it.
package struct Recovery: Hashable, Sendable {
    /// How many payments had each outcome. One that is named on two pages and stays unexplained is counted on both.
    package let counts: [RecoveryOutcome: Int]
    /// Where the next page begins; nil where there is nothing more to ask about.
    package let next: RecoveryPosition?
    /// Lines of the provider's files that still nothing explains. Counted at the end only; nil before.
    package let unexplainedLineCount: Int64?

    package func count(of outcome: RecoveryOutcome) -> Int { counts[outcome, default: 0] }
}
