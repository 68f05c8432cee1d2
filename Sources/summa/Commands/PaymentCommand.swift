import ArgumentParser
import JSON

struct PaymentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payment", abstract: "Look at one payment.", subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Everything that happened to a payment, in order: requests, attempts, callbacks, postings, lines."
        )
        @Argument(help: "pay_…")
        var id: String
        @OptionGroup var server: ServerOptions

        func run() async throws {
            try await server.withClient { api in
                let payment = try await api.get("/v1/payments/\(id)")
                let entries = try await api.get("/v1/payments/\(id)/timeline")["items"]?.array ?? []
                if server.json {
                    return print(JSONValue.object([("payment", payment), ("timeline", .array(entries))]).text)
                }
                server.show(
                    payment,
                    [
                        "id", "status", "amount", "amount_captured", "amount_refunded", "currency", "merchant",
                        "reference",
                    ])
                print(TextTable(entries, ["at", "sequence", "kind", "what"]).text, terminator: "")
            }
        }
    }
}
