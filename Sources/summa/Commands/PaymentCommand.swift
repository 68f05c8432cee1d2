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
            let id = id
            try await server.withClient { api in
                let story = try await PaymentStory(of: id, from: api)
                print(server.json ? story.json.text : story.text)
            }
        }
    }
}
