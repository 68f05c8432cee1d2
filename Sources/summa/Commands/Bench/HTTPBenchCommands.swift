import ArgumentParser

struct HTTPBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "http", abstract: "Charges over HTTP: accepted, and carried through to captured and projected.")

    enum Load: String, CaseIterable, ExpressibleByArgument { case accepted, offered, carried }

    @OptionGroup var options: BenchOptions
    @OptionGroup var http: HTTPLoadOptions

    @Option(help: "Charges a second that are offered, whoever still waits; 8000 if absent, on PostgreSQL 4000.")
    var rate: [PositiveCount] = []

    @Option(help: "The most charges on their way at once, where they are carried through.")
    var backlog: PositiveCount = 1_000

    @Option(help: "Only these loads: accepted, offered, carried.")
    var only = Load.allCases

    var cases: [any BenchCase] { only.flatMap { cases(of: $0) } }

    private func cases(of load: Load) -> [any BenchCase] {
        switch load {
        case .accepted: [AcceptedChargesCase(connectionCount: http.connections, seconds: http.seconds)]
        case .offered:
            (rate.isEmpty ? [options.store == nil ? 8_000 : 4_000] : rate).map { rate in
                AcceptedChargesCase(connectionCount: http.connections, rate: rate.value, seconds: http.seconds)
            }
        case .carried:
            [
                CarriedChargesCase(
                    connectionCount: http.connections, seconds: http.seconds, backlogMax: backlog.value)
            ]
        }
    }
}

struct ReadsBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "reads", abstract: "Balances of accounts, read in process and over HTTP.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var http: HTTPLoadOptions

    @Option(help: "Threads that read in process.")
    var threads: PositiveCount = 2

    @Option(help: "Reads a second that are offered over HTTP, whoever still waits.")
    var rate: PositiveCount = 10_000

    var cases: [any BenchCase] {
        [1, 1_000].map { perSnapshot in
            BalanceReadsCase(
                perSnapshot: perSnapshot, threadCount: threads.value, count: ledger.count,
                accountCount: ledger.accounts)
        }
            + [nil, rate.value].map { rate in
                BalanceRequestsCase(
                    connectionCount: http.connections, rate: rate, seconds: http.seconds,
                    accountCount: ledger.accounts)
            }
    }
}

struct CallersBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "callers", abstract: "Charges at a fixed rate, alone and beside slow and cancelled callers.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var http: HTTPLoadOptions

    @Option(help: "Of each kind, callers that behave badly.")
    var bad: PositiveCount = 64

    @Option(help: "Charges a second that are offered.")
    var rate: PositiveCount = 4_000

    var cases: [any BenchCase] {
        [
            BadCallersCase(
                connectionCount: http.connections, badCallerCount: bad.value, rate: rate.value, seconds: http.seconds)
        ]
    }
}
