import ArgumentParser
import Foundation
import Storage

struct ProcessesBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "processes",
        abstract: "Two processes on one PostgreSQL, on two books and on one, against one process alone, in turns.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var between: AccountOptions
    @OptionGroup var length: LengthOptions

    @Option(help: "Transactions handed in together.")
    var batch: PositiveCount = 1_000

    func validate() throws {
        guard options.store != nil else { throw ValidationError("several processes share PostgreSQL only: --store") }
    }

    var cases: [any BenchCase] {
        [.two, .one].map { books in
            ProcessesCase(
                books: books, size: batch.value, seconds: length.seconds, accountCount: between.accounts)
        }
    }
}

/// One of the processes that `bench processes` starts.
struct WriterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "writer", abstract: "Write batches to a book whenever told to, for another process.",
        shouldDisplay: false)

    @Option(help: "The database.")
    var database: String

    @Option(help: "The number of the book.")
    var book: Int64

    @Option(help: "Transactions handed in together.")
    var batch: PositiveCount

    @Option(help: "Seed of the random load.")
    var seed: UInt64

    func run() async throws {
        guard let store = ProcessInfo.processInfo.environment[WriterProcess.storeVariable] else {
            throw CommandFailure("\(WriterProcess.storeVariable) is not set: the server the database is on")
        }
        try WriterProcess.work(
            .init(
                store: store, database: database, book: BookID(rawValue: book), size: batch.value, seed: seed),
            orders: { readLine() },
            tell: { line in
                print(line)
                fflush(nil)
            })
    }
}
