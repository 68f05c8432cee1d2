import ArgumentParser

/// What waits for a person.
struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "List what waits for a person, the oldest first.")

    @Option(help: "Only of this kind: in_doubt, conflicted, late_success, break, dispute …")
    var kind: String?

    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await server.withClient { api in
            let items = try await api.list("/v1/work_items" + (kind.map { "?kind=\($0)" } ?? ""))
            server.show(
                items, ["id", "kind", "subject", "amount", "currency", "next_action", "age_seconds"],
                empty: "Nothing waits for a person.")
        }
    }
}
