extension BenchGoal {
    /// Marks are rates a second, microseconds, KiB, bytes and thousandths, as the figures have them.
    static let all: [BenchGoal] = batches + calls + hot + processes + http + reads + growth

    private static let batches = [
        BenchGoal(
            what: "In process, batches of 1,000", bench: "ledger", load: "batches of 1000", figure: "transactions",
            stores: [.sqlite], floor: 60_000, goal: 120_000),
        BenchGoal(
            what: "In process, batches of 8,000", bench: "ledger", load: "batches of 8000", figure: "transactions",
            stores: [.sqlite], floor: 60_000, goal: 120_000),
        BenchGoal(
            what: "In process, batches of 1,000", bench: "ledger", load: "batches of 1000", figure: "transactions",
            stores: [.postgres], floor: 30_000, goal: 45_000),
    ]

    private static let calls = [
        BenchGoal(
            what: "In process, one a call, 1 caller", bench: "calls", load: "1 waiting", figure: "transactions",
            stores: [.sqlite], floor: 3_000, goal: 5_000, plain: "1 waiting"),
        BenchGoal(
            what: "In process, one a call, 64 callers", bench: "calls", load: "64 waiting", figure: "transactions",
            stores: [.sqlite], floor: 20_000, goal: 60_000, plain: "64 waiting"),
        BenchGoal(
            what: "In process, one a call, 1 caller", bench: "calls", load: "1 waiting", figure: "transactions",
            stores: [.postgres], plain: "1 waiting"),
        BenchGoal(
            what: "In process, one a call, 50 callers", bench: "calls", load: "50 waiting", figure: "transactions",
            stores: [.postgres], floor: 10_000, goal: 20_000, plain: "50 waiting"),
    ]

    private static let hot = [
        BenchGoal(
            what: "In process, 64 callers through one hot account", bench: "hot", load: "64 waiting", figure: "hot",
            stores: [.sqlite], plain: "64 waiting, one hot account"),
        BenchGoal(
            what: "In process, 50 callers through one hot account", bench: "hot", load: "50 waiting", figure: "hot",
            stores: [.postgres], floor: 10_000, goal: 20_000, plain: "50 waiting, one hot account"),
        BenchGoal(
            what: "One hot account against spread, callers", bench: "hot", load: "64 waiting", figure: "hot of spread",
            stores: [.sqlite], floor: 900, goal: 1_000),
        BenchGoal(
            what: "One hot account against spread, callers", bench: "hot", load: "50 waiting", figure: "hot of spread",
            stores: [.postgres], floor: 900, goal: 1_000),
        BenchGoal(
            what: "One hot account against spread, batches", bench: "hot", load: "batches", figure: "hot of spread",
            floor: 900, goal: 1_000),
    ]

    private static let processes = [
        BenchGoal(
            what: "Two processes on two books, batches", bench: "processes", load: "two processes on two books",
            figure: "together", stores: [.postgres], floor: 50_000, goal: 80_000),
        BenchGoal(
            what: "Two processes on one book, against one", bench: "processes", load: "two processes on one book",
            figure: "together of alone", stores: [.postgres], floor: 600),
    ]

    private static let http = [
        BenchGoal(
            what: "Charges accepted over HTTP", bench: "http", load: "accepted, 64", figure: "charges",
            stores: [.sqlite], floor: 8_000, goal: 20_000),
        BenchGoal(
            what: "Charges accepted, p99 at 8,000/s", bench: "http", load: "accepted, 8000/s", figure: "p99",
            stores: [.sqlite], floor: 25_000, goal: 10_000, isCeiling: true),
        BenchGoal(
            what: "Charges accepted over HTTP", bench: "http", load: "accepted, 64", figure: "charges",
            stores: [.postgres], floor: 4_000, goal: 10_000),
        BenchGoal(
            what: "Charges accepted, p99 at 4,000/s", bench: "http", load: "accepted, 4000/s", figure: "p99",
            stores: [.postgres], goal: 20_000, isCeiling: true),
        BenchGoal(
            what: "Charges carried through", bench: "http", load: "carried", figure: "charges", floor: 2_000,
            goal: 6_000),
    ]

    private static let reads = [
        BenchGoal(
            what: "Balance reads in process", bench: "reads", load: "in process, 1000", figure: "reads",
            floor: 300_000, goal: 2_000_000),
        BenchGoal(
            what: "Balance reads over HTTP", bench: "reads", load: "HTTP, 64", figure: "reads", floor: 15_000,
            goal: 40_000),
    ]

    private static let growth = [
        BenchGoal(
            what: "Last million against the first", bench: "growth", load: "", figure: "last of first", floor: 600,
            goal: 900),
        BenchGoal(
            what: "Memory at the end", bench: "growth", load: "", figure: "peak", floor: 1 << 20, goal: 1 << 19,
            isCeiling: true),
        BenchGoal(
            what: "Disk per transaction, all included", bench: "growth", load: "", figure: "each", floor: 1_200,
            goal: 800, isCeiling: true),
        BenchGoal(
            what: "Restart", bench: "growth", load: "", figure: "restart", floor: 30_000_000, goal: 3_000_000,
            isCeiling: true),
    ]
}
