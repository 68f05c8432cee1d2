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
        var body: [(String, JSONValue)] = [("provider_account", .string(providerAccount))]
        if let merchant { body.append(("merchant", .string(merchant))) }
        if !payment.isEmpty { body.append(("payments", .array(payment.map { .string($0) }))) }
        let request = JSONValue.object(body)
        try await server.withClient { api in
            let recovery = try await api.post("/v1/recoveries", request)
            server.show(recovery, RecoveryOutcome.allCases.map(\.rawValue) + ["unexplained_lines"])
        }
    }
}
