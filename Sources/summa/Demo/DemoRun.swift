import AsyncHTTPClient
import JSON
import Money
import Payments
import Storage

/// A shop's day from charge to bank line, over real HTTP, on a server and a sandbox of its own; then everything that can be
/// checked about it is checked.
///
/// Every step is named by the orders, so a run that was cut off anywhere is run again on the same directory and ends as if it
/// had not been.
struct DemoRun: Sendable {
    /// Where the books are kept.
    let directory: String
    let orders: [DemoOrder]
    let seed: UInt64
    let say: @Sendable (String) -> Void

    func run() async throws -> DemoReport {
        var report = try await Installation.with(
            InstallationPlace(directory), providerTimeoutSeconds: DemoDay.providerTimeoutSeconds
        ) { try await DemoDay(self, on: $0).run() }
        say("verifying the log and every row")
        report.verification = try Verification(of: InstallationPlace(directory)).run()
        return report
    }
}

/// The run, once the books are open.
private struct DemoDay: Sendable {
    let demo: DemoRun
    let installation: Installation

    init(_ demo: DemoRun, on installation: Installation) {
        self.demo = demo
        self.installation = installation
    }

    private var orders: [DemoOrder] { demo.orders }
    private var patience: Patience { Patience(uptime: Uptime(), sleeper: TaskSleeper()) }
    private func say(_ line: String) { demo.say(line) }

    func run() async throws -> DemoReport {
        _ = try await Founding(installation: installation).run()
        let keys = try await Founding(installation: installation).makeKeys()
        try await allowDebt()
        var serving = Serving(
            installation: installation, listen: ListenAddress(host: "127.0.0.1", port: 0), sandboxSeed: demo.seed)
        serving.patience = Self.briefPatience
        let report = Box<DemoReport>()
        try await serving.run { running in
            try await HTTPClient.withClient { http in
                say("serving on \(running.url), the sandbox provider on \(running.sandboxURL)")
                report.value = try await play(DemoStage(running, keys, http))
            }
        }
        guard let result = report.value else { throw CommandFailure("the day did not come to its end") }
        return result
    }

    /// Seconds instead of minutes: a demonstration waits for the end of what usually takes an afternoon.
    private static var briefPatience: ProviderPatience {
        var patience = ProviderPatience()
        patience.lookUpFirst = .milliseconds(500)
        patience.lookUpLongest = .seconds(2)
        patience.sendAgainFirst = .milliseconds(500)
        patience.sendAgainLongest = .seconds(2)
        patience.authorizationAttemptsMax = 3
        patience.attemptsMax = 20
        return patience
    }

    static let providerTimeoutSeconds: Int64 = 2

    /// The shops of the example may owe us something: a refund that comes after their money has gone.
    private func allowDebt() async throws {
        let limits = ["EUR", "USD", "JPY", "KWD"].compactMap { try? CurrencyRegistry.iso.currency($0) }
            .map { Amount(minorUnits: 100_000, currency: $0) }
        guard let policy = MerchantDebtPolicy.allow(limits) else { return }
        _ = try await ChangeBook(database: installation.database).run(
            .init(book: Founding.book, merchantDebt: policy, context: Founding.context))
    }

    // MARK: The day

    private func play(_ stage: DemoStage) async throws -> DemoReport {
        var dates = try DemoDates(directory: installation.directory.path)
        let shop = DemoShop(
            api: stage.shop, sandbox: stage.sandbox,
            acknowledgements: try Acknowledgements(path: installation.directory.path + "/acknowledged.csv"),
            patience: patience)
        let files = DemoFiles(sandbox: stage.sandbox, operators: stage.operators)
        try await registerMerchants(stage.shop)

        let sales = try await shop.charge(orders) { Progress.show("\($0) of \(orders.count) charges accepted") }
        say("\(sales.count) charges accepted")
        try await shop.follow(sales, afterSettlement: false) { Progress.show("\($0) orders followed up") }
        try await waitUntilQuiet(stage)
        say("the day is quiet")

        let first = try await files.close(dates.day(0, now: installation.clock.now), faults: demo.seed)
        try await files.reconcile(first)
        try await adjust(stage)
        try await shop.follow(sales, afterSettlement: true) { Progress.show("\($0) refunds after settlement") }
        try await waitUntilQuiet(stage)
        let second = try await files.close(dates.day(1, now: installation.clock.now), faults: nil)
        try await files.reconcile(second)
        try await adjust(stage)
        say("two days of files reconciled, adjustments proposed and approved")
        return try await DemoReport(
            stage: stage, installation: installation, sales: sales, planted: first.planted,
            bank: BankClosing(second.bank))
    }

    private func registerMerchants(_ api: APIClient) async throws {
        let fixed = [("EUR", 25), ("USD", 25), ("JPY", 25), ("KWD", 75)].map { code, units in
            JSONValue.object([("amount", .integer(Int64(units))), ("currency", .string(code))])
        }
        for code in Set(orders.map(\.merchant)).sorted() {
            _ = try await api.post(
                "/v1/merchants",
                [
                    "code": .string(code),
                    "fee_plan": ["basis_points": .integer(250), "fixed": .array(fixed), "rounding": "half_up"],
                ])
        }
    }

    /// Nothing is on its way any more: the provider has told all it will, and nothing waits to be asked.
    private func waitUntilQuiet(_ stage: DemoStage) async throws {
        try await patience.wait(for: "the day to come to rest") {
            guard try await stage.sandbox.isQuiet() else { return false }
            for status in ["accepted", "authorizing"] {
                let undecided = try await stage.operators.get("/v1/payments?limit=1&status=\(status)")
                guard undecided["items"]?.array?.isEmpty == true else { return false }
            }
            // Whoever waits for a payer is asked about for ever; all others have been answered.
            return try installation.database.read(Founding.book) { rows in
                let waiting = try ProviderCommandStore.due(
                    of: nil, at: Instant(microseconds: .max), limit: 1_000, in: rows)
                return try waiting.allSatisfy { command in
                    try PaymentStore.find(command.payment, in: rows)?.payment.status == .actionRequired
                }
            }
        }
    }

    // MARK: What may be adjusted

    /// Proposes what the table of breaks lets a person propose today, as one principal, and approves it as another. What must
    /// wait for the next file, or for the provider's word, stays a work item.
    private func adjust(_ stage: DemoStage) async throws {
        for found in try await stage.operators.list("/v1/breaks?state=open") {
            guard let id = found["id"]?.string, let kind = DemoAdjustment.kind(for: found) else { continue }
            let proposed = try await stage.operators.post(
                "/v1/breaks/\(id)/adjustment", ["kind": .string(kind)], idempotencyKey: "adjust-\(id)")
            guard let adjustment = proposed["id"]?.string else { continue }
            _ = try await stage.approvers.post("/v1/adjustments/\(adjustment)/approve", [:])
        }
    }
}

/// Who takes part.
struct DemoStage: Sendable {
    let shop: APIClient
    let operators: APIClient
    let approvers: APIClient
    let sandbox: SandboxClient

    init(_ running: Serving.Running, _ keys: [Founding.Key], _ http: HTTPClient) throws {
        func client(_ role: Role) throws -> APIClient {
            guard let key = keys.first(where: { $0.role == role }) else { throw CommandFailure("no key for \(role)") }
            return APIClient(url: running.url, key: key.secret.revealed, http: http)
        }
        shop = try client(.service)
        operators = try client(.operator)
        approvers = try client(.approver)
        sandbox = SandboxClient(url: running.sandboxURL, key: running.sandboxKey.text, http: http)
    }
}
