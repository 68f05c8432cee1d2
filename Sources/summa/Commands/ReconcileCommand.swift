import ArgumentParser
import Foundation
import JSON

/// Hands in a provider's or bank's file.
struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile", abstract: "Import a provider's or bank's file, and say what does not agree.")

    @Argument(help: "The file.")
    var file: String

    @Option(help: "The provider account the file is about.")
    var providerAccount: String

    @Option(help: "sandbox_settlement, sandbox_bank, camt053 …; recognised by its first line if absent.")
    var format: String?

    @OptionGroup var server: ServerOptions

    func run() async throws {
        guard let content = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("cannot read \(file)")
        }
        try await server.withClient { api in
            let statement = try await api.postStatement(
                Array(content), providerAccount: providerAccount, format: format)
            server.show(statement, StatementColumns.all)
            guard !server.json else { return }
            print("\nOpen breaks:")
            server.show(try await api.list("/v1/breaks?state=open"), BreakColumns.all)
        }
    }
}

enum StatementColumns {
    static let all = ["id", "format", "lines", "breaks", "already_imported"]
}

enum BreakColumns {
    static let all = ["id", "class", "amount", "currency", "state", "subject", "next_action", "age_seconds"]
}

extension APIClient {
    /// - Parameter format: Nil lets the server recognise it.
    func postStatement(_ content: [UInt8], providerAccount: String, format: String?) async throws -> JSONValue {
        let query = "?provider_account=\(providerAccount)" + (format.map { "&format=\($0)" } ?? "")
        let reply = try await exchange(.POST, "/v1/statements\(query)", body: content, type: "text/csv")
        guard reply.isSuccess else { throw APIRefusal(reply, path: "/v1/statements") }
        return reply.json
    }
}
