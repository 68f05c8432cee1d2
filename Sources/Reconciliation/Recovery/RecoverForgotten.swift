import EventLog
import Ledger
import Payments
import Storage

/// Recovers what a restored book has forgotten, as far as anything left here names it: lines of the provider's files that
/// nothing explains, facts that found no payment, and promises the book believes in. Each is asked about by the provider's
/// name for the payment; what the provider says is booked, and a line in suspense that is explained by it leaves suspense.
///
/// Each payment is a commit of its own: broken off, it is run again and goes on; run twice, it does nothing.
package struct RecoverForgotten: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let providerAccount: PathSegment
        /// Whose sales they were. Nil for the book's only merchant.
        package let merchant: PathSegment?
        /// The provider's names of the payments to look at, where sales were of several merchants. Nil for all there are.
        package let payments: [ProviderReference]?
        package let context: EventContext

        package init(
            book: BookID, providerAccount: PathSegment, merchant: PathSegment? = nil,
            payments: [ProviderReference]? = nil, context: EventContext
        ) {
            self.book = book
            self.providerAccount = providerAccount
            self.merchant = merchant
            self.payments = payments
            self.context = context
        }
    }

    private let database: Database
    private let payments: RecoverPayment
    /// How many questions are under way at once.
    private static let concurrencyMax = 8

    package init(database: Database, payments: RecoverPayment) {
        self.database = database
        self.payments = payments
    }

    /// - Throws: `RequestRejection` where the provider account is not there, or nothing says whose sale a payment was; what was
    ///   recovered before stays.
    package func run(_ command: Command) async throws -> Recovery {
        let account = command.providerAccount
        let isThere = try database.read(command.book) { try ProviderAccountStore.find(account, in: $0) != nil }
        guard isThere else { throw RequestRejection(.charge, .unknownProviderAccount) }
        let names = try command.payments ?? database.read(command.book) { try ForgottenNames(account, in: $0).all }
        let outcomes = try await ask(about: names, command)
        // What was booked explains lines as soon as the movements have followed.
        try await FollowPayments(database: database).catchUp(command.book)
        let openCount = try database.read(command.book) {
            try BreakStore.page(.open, kind: .missingHere, after: nil, limit: .max, in: $0)
                .count { $0.facts.source == .provider(account) }
        }
        return Recovery(outcomes: outcomes, unexplainedLineCount: openCount)
    }

    private func ask(about names: [ProviderReference], _ command: Command) async throws -> [RecoveryOutcome] {
        try await withThrowingTaskGroup(of: RecoveryOutcome.self) { group in
            var waiting = names[...]
            var outcomes: [RecoveryOutcome] = []
            func start() {
                guard let name = waiting.popFirst() else { return }
                group.addTask { try await recover(name, command) }
            }
            for _ in 0..<Self.concurrencyMax { start() }
            while let outcome = try await group.next() {
                outcomes.append(outcome)
                start()
            }
            return outcomes
        }
    }

    private func recover(_ name: ProviderReference, _ command: Command) async throws -> RecoveryOutcome {
        try await payments.run(
            .init(
                book: command.book, providerAccount: command.providerAccount, payment: name,
                merchant: command.merchant, context: command.context))
    }
}

/// What came of it.
package struct Recovery: Hashable, Sendable {
    /// How many payments had each outcome.
    package let counts: [RecoveryOutcome: Int]
    /// Lines of the provider's files that still nothing explains.
    package let unexplainedLineCount: Int

    init(outcomes: [RecoveryOutcome], unexplainedLineCount: Int) {
        counts = Dictionary(grouping: outcomes, by: \.self).mapValues(\.count)
        self.unexplainedLineCount = unexplainedLineCount
    }

    package func count(of outcome: RecoveryOutcome) -> Int { counts[outcome, default: 0] }
}
