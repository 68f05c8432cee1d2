import JSON
import Ledger
import Payments
import Reconciliation

/// Recovering what books put back from a backup have forgotten. Run again it goes on, so that it needs no key.
struct RecoveryRoutes {
    let services: Services

    private static let nameCountMax = 1_000

    var routes: [Route] { [.post("/v1/recoveries", .importStatements, recover)] }

    /// Answers when every payment of a page has been asked about: 200 with how many had which outcome, and the next page's
    /// cursor.
    @Sendable private func recover(_ call: Call, _ principal: Principal) async throws -> Answer {
        var fields = try call.fields()
        let account = try fields.parsed("provider_account", "a provider account's code") { PathSegment($0) }
        let merchant = try fields.optionalParsed("merchant", "a merchant's code") { PathSegment($0) }
        let scope = try scope(&fields)
        try fields.finish()
        let payments = RecoverPayment(
            database: services.database, directory: services.directory, outcomes: services.outcomes)
        let recovery = try await RecoverForgotten(database: services.database, payments: payments).run(
            .init(
                book: principal.book, providerAccount: account, merchant: merchant,
                scope: scope, context: call.context(principal)))
        return .json(.ok, JSONWriter.object { $0.members(of: recovery) })
    }

    private func scope(_ fields: inout JSONFields) throws -> RecoverForgotten.Scope {
        let position = try fields.optionalParsed("cursor", "the next_cursor of a page") {
            PageCursor.position($0).flatMap(RecoveryPosition.init(text:))
        }
        guard let names = try fields.optionalArray("payments", maxCount: Self.nameCountMax) else {
            return .page(from: position)
        }
        guard position == nil else {
            throw Problem(.memberInvalid, "payments that are named are all of them: no page follows", param: "cursor")
        }
        return .payments(try names.map(Self.name))
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
        if let count = recovery.unexplainedLineCount {
            field("unexplained_lines", count)
        } else {
            null("unexplained_lines")
        }
        if let next = recovery.next {
            field("next_cursor", PageCursor.text(next.text))
        } else {
            null("next_cursor")
        }
    }
}
