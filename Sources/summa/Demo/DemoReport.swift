import EventLog
import JSON
import Ledger
import Money
import Payments
import Storage

/// What a day came to, and whether all of it is right.
struct DemoReport: Sendable {
    let chargeCount: Int
    let paymentsByStatus: [String: Int]
    let breaks: DemoBreaks
    let stories: [DemoChapter]
    let workItems: [JSONValue]
    let trialBalance: JSONValue
    let openItems: DemoOpenItems
    let proof: DemoProof
    var verification: Verification.Report?
    /// What was asked, and whether it is so.
    private var checks: [(question: String, isSo: Bool)]

    struct DemoChapter: Sendable {
        let title: String
        let story: PaymentStory
    }

    init(
        stage: DemoStage, installation: Installation, sales: [DemoSale], planted: [JSONValue], bank: BankClosing
    ) async throws {
        let payments = try await stage.operators.list("/v1/payments")
        chargeCount = payments.count
        paymentsByStatus = payments.reduce(into: [:]) { $0[$1["status"]?.string ?? "", default: 0] += 1 }
        let found = try await stage.operators.list("/v1/breaks")
        breaks = DemoBreaks(planted: planted, found: found)
        stories = try await Self.stories(sales, stage.operators)
        workItems = try await stage.operators.list("/v1/work_items")
        trialBalance = try await stage.operators.get("/v1/trial_balance")
        openItems = try DemoOpenItems(installation.database)
        proof = try await DemoProof(stage.operators, installation)
        checks = [
            ("every charge of the file is one payment", Self.areOnce(sales, payments)),
            ("every order was captured and refunded as it asked", Self.areAsAsked(sales, payments)),
            ("nothing is in doubt", payments.allSatisfy { $0["in_doubt"]?.bool == false }),
            ("what was planted was found, and nothing else", breaks.areEqual),
            ("the books balance, and agree with their counters", trialBalance["ok"]?.bool == true),
            ("bank:main:cash is what the bank's file says", Self.agrees(trialBalance, bank)),
            ("every open clearing and suspense item is explained", openItems.unexplained.isEmpty),
            ("a lost answer that had taken effect was found by look-up", stories.contains { $0.title == Self.effect }),
            ("a lost answer without effect was found by look-up", stories.contains { $0.title == Self.noEffect }),
            ("an event is proved by the standalone verifier", proof.isRight),
        ]
    }

    var isRight: Bool { (verification?.isRight ?? false) && checks.allSatisfy(\.isSo) }

    // MARK: Stories

    static let effect = "A charge whose answer was lost; it had taken effect"
    static let noEffect = "A charge whose answer was lost; it had not taken effect"

    private static func stories(_ sales: [DemoSale], _ api: APIClient) async throws -> [DemoChapter] {
        var stories: [DemoChapter] = []
        for (title, token) in [
            ("One charge, arrow by arrow", "pm_approve"), (effect, "pm_timeout_success"),
            (noEffect, "pm_timeout_failure"),
        ] {
            guard
                let sale = sales.first(where: {
                    $0.order.paymentMethod == token && $0.order.steps.isEmpty && $0.order.isCapturedAutomatically
                })
            else {
                continue
            }
            let story = try await PaymentStory(of: sale.payment, from: api)
            if token == "pm_approve" || story.wasLookedUp { stories.append(DemoChapter(title: title, story: story)) }
        }
        return stories
    }

    // MARK: Checks

    private static func areOnce(_ sales: [DemoSale], _ payments: [JSONValue]) -> Bool {
        let references = payments.compactMap { $0["reference"]?.string }
        return references.count == sales.count && Set(references) == Set(sales.map(\.order.reference))
            && Set(payments.compactMap { $0["id"]?.string }) == Set(sales.map(\.payment))
    }

    private static func areAsAsked(_ sales: [DemoSale], _ payments: [JSONValue]) -> Bool {
        let byID = Dictionary(payments.map { ($0["id"]?.string ?? "", $0) }) { first, _ in first }
        return sales.allSatisfy { sale in
            guard let asked = sale.order.outcome else { return true }
            let payment = byID[sale.payment]
            return payment?["amount_captured"]?.integer == asked.captured
                && payment?["amount_refunded"]?.integer == asked.refunded
        }
    }

    private static func agrees(_ trialBalance: JSONValue, _ bank: BankClosing) -> Bool {
        let cash = (trialBalance["accounts"]?.array ?? []).filter {
            $0["path"]?.string?.hasPrefix("bank:\(Founding.bank):cash:") == true
        }
        let booked = cash.compactMap { account -> (String, String)? in
            guard let code = account["currency"]?.string, let minorUnits = account["posted"]?.integer,
                let currency = try? CurrencyRegistry.iso.currency(code)
            else { return nil }
            return (code, Amount(minorUnits: minorUnits, currency: currency).decimal)
        }
        return !bank.balances.isEmpty && Dictionary(booked) { first, _ in first } == bank.balances
    }
}

extension DemoReport {
    var text: String {
        let chapters = stories.map { "\($0.title)\n\n\($0.story.text)\n" }.joined()
        var verdicts = checks.map { "\($0.isSo ? "yes" : "NO ")  \($0.question)\n" }.joined()
        if let verification {
            verdicts +=
                "\(verification.isRight ? "yes" : "NO ")  the log is what was signed, every row what the log makes it\n"
        }
        return """

            \(chapters)\(statusTable)
            \(breaks.table)
            \(workTable)
            \(trialTable)
            \(openItems.text)\(proof.text)
            \(verification?.text ?? "")
            \(verdicts)
            \(isRight ? "All of it is right." : "NOT all of it is right.")
            """
    }

    private var statusTable: String {
        var table = TextTable(["payments", "count"])
        for (status, count) in paymentsByStatus.sorted(by: { $0.key < $1.key }) { table.add([status, "\(count)"]) }
        return table.text
    }

    private var workTable: String {
        var table = TextTable(["waits for a person", "next action", "count"])
        let kinds = workItems.reduce(into: [String: Int]()) { counts, item in
            counts["\(item["kind"]?.string ?? "")|\(item["next_action"]?.string ?? "")", default: 0] += 1
        }
        for (kind, count) in kinds.sorted(by: { $0.key < $1.key }) {
            let words = kind.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            table.add([words[0], words[1], "\(count)"])
        }
        return table.text
    }

    private var trialTable: String {
        var table = TextTable(["trial balance", "debits", "credits", "balanced"])
        for total in trialBalance["currencies"]?.array ?? [] {
            table.add(["currency", "debits", "credits", "balanced"].map { total[$0]?.cell ?? "" })
        }
        return table.text
    }

    var json: JSONValue {
        let statuses = paymentsByStatus.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.integer(Int64($0.value))) }
        return .object([
            ("charges", .integer(Int64(chargeCount))),
            ("payments_by_status", .object(statuses)),
            (
                "breaks",
                ["planted": DemoBreaks.json(breaks.planted), "found": DemoBreaks.json(breaks.found)]
            ),
            ("work_items", .integer(Int64(workItems.count))),
            ("trial_balance", trialBalance),
            ("verify", verification?.json ?? .null),
            ("proof", proof.json),
            (
                "checks",
                .array(checks.map { .object([("question", .string($0.question)), ("ok", .bool($0.isSo))]) })
            ),
            ("ok", .bool(isRight)),
        ])
    }
}
