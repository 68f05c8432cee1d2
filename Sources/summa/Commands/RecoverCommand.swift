import ArgumentParser
import JSON
import Payments

/// Recovers what a backup lacked, once it was put back and the providers' files were imported.
struct RecoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "After a restore: ask a provider about what these books have forgotten, and book what it says.")

    @Option(help: "The provider account to ask.")
    var providerAccount: String

    @Option(help: "Whose sales they were; the book's only merchant if absent.")
    var merchant: String?

    @Option(help: "Only this payment, by the provider's name for it; may be given again.")
    var payment: [String] = []

    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await server.withClient { api in
            let recovery = try await recover(by: api)
            server.show(recovery, RecoveryOutcome.allCases.map(\.rawValue) + ["unexplained_lines"])
        }
    }

    /// Page after page, and the counts of all together. If it ends in between, it is run again: what was recovered stays.
    private func recover(by api: APIClient) async throws -> JSONValue {
        var counts: [RecoveryOutcome: Int64] = [:]
        var page = JSONValue.null
        repeat {
            page = try await api.post("/v1/recoveries", request(after: page["next_cursor"]))
            for outcome in RecoveryOutcome.allCases {
                counts[outcome, default: 0] += page[outcome.rawValue]?.integer ?? 0
            }
        } while page["next_cursor"]?.string != nil
        let told = RecoveryOutcome.allCases.map { ($0.rawValue, JSONValue.integer(counts[$0, default: 0])) }
        return .object(told + [("unexplained_lines", page["unexplained_lines"] ?? .null)])
    }

    private func request(after cursor: JSONValue?) -> JSONValue {
        var body: [(String, JSONValue)] = [("provider_account", .string(providerAccount))]
        if let merchant { body.append(("merchant", .string(merchant))) }
        if !payment.isEmpty { body.append(("payments", .array(payment.map { .string($0) }))) }
        if let cursor = cursor?.string { body.append(("cursor", .string(cursor))) }
        return .object(body)
    }
}
