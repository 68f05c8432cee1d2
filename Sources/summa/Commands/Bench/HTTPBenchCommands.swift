import ArgumentParser

struct HTTPBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "http", abstract: "Charges over HTTP: accepted, and carried through to captured and projected.")

    enum Load: String, CaseIterable, ExpressibleByArgument { case accepted, offered, carried }

    @OptionGroup var options: BenchOptions

    @Option(help: "Keep-alive connections.")
    var connections = 64

    @Option(help: "How long each load lasts, in seconds.")
    var seconds: Int64 = 8

    @Option(help: "Charges a second that are offered, whoever still waits. Repeat for several.")
    var rate: [Int] = [8_000]

    @Option(help: "The most charges on their way at once, where they are carried through.")
    var backlog = 1_000

    @Option(help: "Only these loads: accepted, offered, carried.")
    var only = Load.allCases

    func validate() throws {
        guard connections > 0, seconds > 0, backlog > 0, rate.allSatisfy({ $0 > 0 }) else {
            throw ValidationError("counts are positive")
        }
    }

    var cases: [any BenchCase] {
        only.flatMap { load -> [any BenchCase] in
            switch load {
            case .accepted: [AcceptedChargesCase(connectionCount: connections, seconds: seconds)]
            case .offered:
                rate.map { AcceptedChargesCase(connectionCount: connections, rate: $0, seconds: seconds) }
            case .carried:
                [CarriedChargesCase(connectionCount: connections, seconds: seconds, backlogMax: backlog)]
            }
        }
    }
}

struct ReadsBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "reads", abstract: "Balances of accounts, read in process and over HTTP.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var ledger: LedgerOptions

    @Option(help: "Threads that read in process.")
    var threads = 2

    @Option(help: "Keep-alive connections.")
    var connections = 64

    @Option(help: "Reads a second that are offered over HTTP, whoever still waits.")
    var rate = 10_000

    @Option(help: "How long each load over HTTP lasts, in seconds.")
    var seconds: Int64 = 8

    func validate() throws {
        guard threads > 0, connections > 0, rate > 0, seconds > 0 else { throw ValidationError("counts are positive") }
    }

    var cases: [any BenchCase] {
        [1, 1_000].map { perSnapshot in
            BalanceReadsCase(
                perSnapshot: perSnapshot, threadCount: threads, count: ledger.count, accountCount: ledger.accounts)
        }
            + [nil, rate].map { rate in
                BalanceRequestsCase(
                    connectionCount: connections, rate: rate, seconds: seconds, accountCount: ledger.accounts)
            }
    }
}

struct CallersBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "callers", abstract: "Charges at a fixed rate, alone and beside slow and cancelled callers.")

    @OptionGroup var options: BenchOptions

    @Option(help: "Keep-alive connections.")
    var connections = 64

    @Option(help: "Of each kind, callers that behave badly.")
    var bad = 64

    @Option(help: "Charges a second that are offered.")
    var rate = 4_000

    @Option(help: "How long each load lasts, in seconds.")
    var seconds: Int64 = 8

    func validate() throws {
        guard connections > 0, bad > 0, rate > 0, seconds > 0 else { throw ValidationError("counts are positive") }
    }

    var cases: [any BenchCase] {
        [BadCallersCase(connectionCount: connections, badCallerCount: bad, rate: rate, seconds: seconds)]
    }
}
