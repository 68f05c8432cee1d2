import EventLog
import HTTPAPI
import Ledger
import Money
import Payments
import Storage

/// Filling the server's book by the ledger's own verbs, where a test is not about the routes that do it.
extension RunningServer {
    struct NotAPath: Error {}

    /// A customer's wallet and the cash behind it, in euros.
    func openWallets() async throws {
        for (path, type) in [("wallet:EUR", AccountType.liability), ("cash:EUR", .asset)] {
            guard let path = AccountPath(path) else { throw NotAPath() }
            _ = try await OpenAccount(database: services.database).run(
                .init(
                    book: Self.book, draft: AccountDraft(path: path, type: type, currency: .eur),
                    context: EventContext(actor: "system:test")))
        }
    }

    @discardableResult
    func post(
        _ minorUnits: Int64, from debit: String, to credit: String, phase: LedgerTransactionDraft.Phase = .posted
    ) async throws -> LedgerTransactionID {
        guard let debit = AccountPath(debit), let credit = AccountPath(credit) else { throw NotAPath() }
        let amount = Amount(minorUnits: minorUnits, currency: .eur)
        let draft = try LedgerTransactionDraft(
            .manual, [Posting(.path(debit), .debit, amount), Posting(.path(credit), .credit, amount)], phase: phase,
            authority: .caller)
        return try await PostLedgerTransaction(database: services.database).run(
            .init(book: Self.book, draft: draft, context: EventContext(actor: "system:test"))
        ).transaction.id
    }

    func makeKey(_ name: String, _ role: Role, in book: BookID = RunningServer.book) async throws -> String {
        guard let name = PrincipalName(name) else { throw NotAPath() }
        return try await CreateAPIKey(database: services.database, random: services.random).run(
            .init(
                book: book, mode: .test, principal: name, role: role, approvedBy: "system:test",
                context: EventContext(actor: "system:test"))
        ).key.revealed
    }
}
