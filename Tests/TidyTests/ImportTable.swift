/// Who may import whom, as data: the arrows of ARCHITECTURE.md, and the absences that matter.
///
/// The compiler lets a target import anything its dependencies bring along. This table does not.
enum ImportTable {
    struct Row: Sendable {
        let target: String
        /// Targets of this package; the same list stands in Package.swift.
        let ours: Set<String>
        /// Modules of other packages and of the system.
        let others: Set<String>

    }

    /// What the toolchain brings and what binds us to no kind of program. Not Foundation, which has a clock, a file
    /// system, locales and a network in it.
    private static let system: Set = ["Glibc", "Musl", "Synchronization", "FoundationEssentials"]
    private static let crypto: Set = ["Crypto"]
    /// What may be used where a socket is. No target of the core has these.
    private static let network: Set = [
        "AsyncHTTPClient", "HTTPTypes", "Hummingbird", "HummingbirdCore", "Logging", "NIOCore", "NIOFoundationCompat",
        "NIOHTTP1", "NIOHTTPTypes", "NIOPosix", "ServiceLifecycle", "UnixSignals",
    ]

    static let rows: [Row] = [
        Row(target: "Money", ours: [], others: []),
        Row(target: "JSON", ours: [], others: []),
        Row(target: "Storage", ours: ["CSQLite", "CPostgreSQL"], others: system),
        Row(target: "EventLog", ours: ["Storage", "JSON"], others: system.union(crypto)),
        Row(target: "Ledger", ours: ["Money", "EventLog", "Storage", "JSON"], others: system),
        Row(
            target: "Payments", ours: ["Ledger", "Money", "EventLog", "Storage", "JSON"], others: system.union(crypto)),
        Row(target: "Delivery", ours: ["EventLog", "Storage", "JSON"], others: system),
        Row(
            target: "Reconciliation", ours: ["Payments", "Ledger", "Money", "EventLog", "Storage", "JSON"],
            others: system.union(crypto)),
        Row(
            target: "Providers", ours: ["Payments", "Money", "JSON"],
            others: system.union(crypto).union(network)),
        Row(
            target: "HTTPAPI",
            ours: [
                "Reconciliation", "Delivery", "Providers", "Payments", "Ledger", "Money", "EventLog", "Storage", "JSON",
            ],
            others: system.union(crypto).union(network).union(["Foundation"])),
        Row(
            target: "Sandbox", ours: ["Storage", "JSON"],
            others: system.union(crypto).union(network).union(["Foundation"])),
        Row(
            target: "Simulation",
            ours: [
                "Sandbox", "Reconciliation", "Delivery", "Providers", "Payments", "Ledger", "Money", "EventLog",
                "Storage", "JSON",
            ],
            others: system.union(crypto).union(network)),
        Row(
            target: "summa",
            ours: [
                "Simulation", "HTTPAPI", "Sandbox", "Reconciliation", "Delivery", "Providers", "Payments", "Ledger",
                "Money",
                "EventLog", "Storage", "JSON",
            ],
            others: system.union(crypto).union(network).union(["Foundation", "Dispatch", "ArgumentParser"])),
        Row(
            target: "SummaTestKit", ours: ["Payments", "Ledger", "Money", "EventLog", "Storage", "JSON"],
            others: system.union(crypto).union(["Foundation", "Testing"])),
    ]

    /// Single files that may import what their target may not. One that is no longer needed fails the tests.
    static let allowances: [(path: String, module: String, because: String)] = []

    /// Arrows that must never appear, whoever edits the rows above; each is a promise the design makes.
    static let absences: [(target: String, never: String, because: String)] = [
        ("Payments", "Vault", "a payment holds an opaque token, never a card number"),
        ("Providers", "Storage", "an adapter translates; it never writes"),
        ("Storage", "EventLog", "the engine knows no domain word"),
        ("Simulation", "HTTPAPI", "a simulation has no socket and no loop of its own"),
        ("Sandbox", "Payments", "the stand-in for another company shares no rule with us"),
        ("Sandbox", "Money", "a mistake in our amounts must not be made on both sides of the wire"),
    ]
}
