import JSON
import Ledger
import Payments
import Reconciliation

/// Recovering what books put back from a backup have forgotten. Run again it goes on, so that it needs no key.
struct RecoveryRoutes {
    let services: Services

    private static let nameCountMax = 1_000

    var routes: [Route] { [.post("/v1/recoveries", .importStatements, recover)] }

    /// Answers when every payment has been asked about: 200 with how many had which outcome.
    @Sendable private func recover(_ call: Call, _ principal: Principal) async throws -> Answer {
        var fields = try call.fields()
        let account = try fields.parsed("provider_account", "a provider account's code") { PathSegment($0) }
        let merchant = try fields.optionalParsed("merchant", "a merchant's code") { PathSegment($0) }
        let names = try fields.optionalArray("payments", maxCount: Self.nameCountMax)
        try fields.finish()
        let payments = RecoverPayment(
            database: services.database, directory: services.directory, outcomes: services.outcomes)
        let recovery = try await RecoverForgotten(database: services.database, payments: payments).run(
            .init(
                book: principal.book, providerAccount: account, merchant: merchant,
                payments: try names?.map(Self.name), context: call.context(principal)))
        return .json(.ok, JSONWriter.object { $0.members(of: recovery) })
    }

    private static func name(_ value: JSONValue) throws -> ProviderReference {
        guard let name = value.string.flatMap({ ProviderReference($0) }) else {
            throw Problem(.memberInvalid, "each of payments is a provider's name for a payment", param: "payments")
        }
        return name
    }
}

extension JSONWriter {
    fileprivate mutating func members(of recovery: Recovery) {
        for outcome in RecoveryOutcome.allCases {
            field(named: outcome.rawValue, Int64(recovery.count(of: outcome)))
        }
        field("unexplained_lines", Int64(recovery.unexplainedLineCount))
    }
}
