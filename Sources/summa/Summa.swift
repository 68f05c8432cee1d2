import ArgumentParser

@main
struct Summa: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summa",
        abstract: "Payments with books that always balance, and a history anyone can check.",
        subcommands: [BenchCommand.self])
}
