import ArgumentParser

/// A number of things: one at least.
struct PositiveCount: ExpressibleByArgument, ExpressibleByIntegerLiteral, CustomStringConvertible {
    let value: Int

    init?(argument: String) {
        guard let value = Int(argument), value > 0 else { return nil }
        self.value = value
    }

    init(integerLiteral value: Int) {
        precondition(value > 0)
        self.value = value
    }

    var description: String { "\(value)" }
}

/// Between how many accounts a load goes.
struct AccountOptions: ParsableArguments {
    @Option(help: "Accounts they go between, at random.")
    var accounts = 10_000

    func validate() throws {
        guard accounts > 1 else { throw ValidationError("there are two accounts at least") }
    }
}

/// How much a bench in process does.
struct LedgerOptions: ParsableArguments {
    @OptionGroup private var between: AccountOptions

    @Option(name: .customLong("count"), help: "Transactions of each run.")
    private var transactions: PositiveCount = 200_000

    var count: Int { transactions.value }
    var accounts: Int { between.accounts }
}

/// How a bench over HTTP sends.
struct HTTPLoadOptions: ParsableArguments {
    @Option(name: .customLong("connections"), help: "Keep-alive connections.")
    private var keptAlive: PositiveCount = 64

    @OptionGroup private var length: LengthOptions

    var connections: Int { keptAlive.value }
    var seconds: Int64 { length.seconds }
}

/// How long loads last that end by the clock.
struct LengthOptions: ParsableArguments {
    @Option(name: .customLong("seconds"), help: "How long each load lasts, in seconds.")
    private var span: PositiveCount = 8

    var seconds: Int64 { Int64(span.value) }
}
