import ArgumentParser
import JSON

/// API keys: who may act on a book.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, list and revoke API keys.",
        subcommands: [Create.self, List.self, Approve.self, Revoke.self])

    static let columns = ["id", "principal", "role", "state", "created_at", "created_by", "approved_by"]

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key; one for an operator or approver works once another principal has approved it.")
        @Option(help: "Who will act with it: 1 to 64 of a-z 0-9 _ . -")
        var principal: String
        @Option(help: "service, operator, approver or auditor.")
        var role: String
        @OptionGroup var server: ServerOptions

        func run() async throws {
            try await server.withClient { api in
                let made = try await api.post("/v1/api_keys", ["principal": .string(principal), "role": .string(role)])
                server.show(made, KeysCommand.columns.filter { $0 != "approved_by" } + ["secret"])
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all keys; secrets are not kept.")
        @OptionGroup var server: ServerOptions

        func run() async throws {
            try await server.withClient { server.show(try await $0.list("/v1/api_keys"), KeysCommand.columns) }
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Approve a key that another principal made.")
        @Argument var id: String
        @OptionGroup var server: ServerOptions

        func run() async throws {
            try await server.withClient {
                server.show(try await $0.post("/v1/api_keys/\(id)/approve", [:]), KeysCommand.columns)
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a key; whoever shows it is refused from then on.")
        @Argument var id: String
        @OptionGroup var server: ServerOptions

        func run() async throws {
            try await server.withClient {
                server.show(try await $0.post("/v1/api_keys/\(id)/revoke", [:]), KeysCommand.columns)
            }
        }
    }
}

extension ServerOptions {
    /// Prints what came back: a table of these members for people, all of it for programs.
    func show(_ items: [JSONValue], _ columns: [String], empty: String = "none") {
        if json { return print(JSONValue.array(items).text) }
        if items.isEmpty { return print(empty) }
        print(TextTable(items, columns).text, terminator: "")
    }

    func show(_ item: JSONValue, _ columns: [String]) {
        json ? print(item.text) : show([item], columns)
    }
}
