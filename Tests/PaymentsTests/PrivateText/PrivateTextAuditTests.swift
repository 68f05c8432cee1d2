import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

/// A text is changed here as somebody would change it who has the installation's key: sealed again, and without an event.
@Suite("Private texts beside the hashes of the log")
struct PrivateTextAuditTests {
    private let stage: PaymentStage
    private let payment: PaymentID
    private var subject: AllowedText { AllowedText(payment) }

    init() async throws {
        stage = try await PaymentStage()
        let command = try stage.chargeCommand(key: "charge", description: "two books")
        guard case .payment(let row) = try await stage.createCharge.run(command).body else { throw NoCharge() }
        payment = row.payment.id
    }

    private struct NoCharge: Error {}

    private func findings(_ key: InstallationKey? = nil) throws -> [PrivateTextFinding] {
        var audit = PrivateTextAudit(try key ?? installationKey())
        for event in try stage.events() { audit.apply(event) }
        return try stage.store.read { try audit.findings(in: $0) }
    }

    private func damage(_ body: @escaping @Sendable (inout UnitOfWork) throws -> Void) async throws {
        let context = stage.context
        try await stage.store.database.write(.first) { work in
            try body(&work)
            work.append(CommandsSubmitted(providerAccount: Example.sandbox, operations: []), context: context)
        }
    }

    @Test("are found to be those the events speak of, and one that was erased rightly gone")
    func honest() async throws {
        #expect(try findings() == [])
        try await ErasePrivateText(database: stage.store.database).run(
            .init(book: .first, subject: subject, context: stage.context))
        #expect(try findings() == [])
    }

    @Test("are named when one says something else than its event")
    func changed() async throws {
        let (texts, subject) = (stage.texts, subject)
        let draft = PrivateTextDraft(.description, "three books", random: stage.random)
        try await damage { try texts.put(draft, of: subject, in: &$0) }
        #expect(try findings() == [.differs(subject, .description)])
    }

    @Test("are named when one is gone that was not erased")
    func gone() async throws {
        let (texts, subject) = (stage.texts, subject)
        try await damage { try texts.drop(.description, of: subject, in: &$0) }
        #expect(try findings() == [.missing(subject, .description)])
    }

    @Test("are named when one is there that no event speaks of")
    func untold() async throws {
        let (texts, subject) = (stage.texts, subject)
        let draft = PrivateTextDraft(.metadata, "{}", random: stage.random)
        try await damage { try texts.put(draft, of: subject, in: &$0) }
        #expect(try findings() == [.untold(subject, .metadata)])
    }

    @Test("are named when one was only said to be erased")
    func notErased() async throws {
        let (context, subject) = (stage.context, subject)
        _ = try await stage.store.database.write(.first) { work in
            work.append(PrivateTextErased(of: subject), context: context)
        }
        #expect(try findings() == [.notErased(subject, .description)])
    }

    @Test("are named when they do not open")
    func unreadable() throws {
        let other = try #require(InstallationKey(bytes: [UInt8](repeating: 9, count: InstallationKey.byteCount)))
        #expect(try findings(other) == [.unreadable(subject, .description)])
    }
}
