import JSON

/// One payment told arrow by arrow: requests, attempts, what the provider said, lines of files, and what each of them posted;
/// then its T-accounts.
struct PaymentStory {
    let payment: JSONValue
    private let entries: [JSONValue]

    init(of id: String, from api: APIClient) async throws {
        payment = try await api.get("/v1/payments/\(id)")
        entries = try await api.get("/v1/payments/\(id)/timeline")["items"]?.array ?? []
    }

    /// The ledger transactions of the story, in order.
    private var transactions: [JSONValue] {
        entries.flatMap { $0["event"]?["data"]?["ledger"]?.array ?? [] }
    }

    /// Whether an answer of the provider was lost on the way and asked for afterwards.
    var wasLookedUp: Bool { entries.contains { $0["kind"]?.string == "attempt" && $0["what"]?.string == "look_up" } }
    var wasInDoubt: Bool { entries.contains { $0["what"]?.string == "summa.payments.answer.lost" } }

    var json: JSONValue { .object([("payment", payment), ("timeline", .array(entries))]) }

    var text: String {
        let lines = entries.map { "  " + line($0) + "\n" }
        return "\(heading)\n\(lines.joined())\n\(accounts)"
    }

    var heading: String {
        let words = ["id", "reference", "amount", "currency", "status"].compactMap { payment[$0]?.cell }
        return words.joined(separator: " ")
    }

    // MARK: Arrows

    private func line(_ entry: JSONValue) -> String {
        let time = entry["at"]?.cell.dropFirst(11).dropLast(4) ?? ""
        guard entry["kind"]?.string == "event" else {
            let words = ["operation", "what", "number", "result"].compactMap { entry[$0]?.cell }
            return "\(time)  → provider  \(words.joined(separator: " "))"
        }
        let data = entry["event"]?["data"]
        let type = (entry["what"]?.string ?? "").replacing("summa.payments.", with: "").replacing("summa.", with: "")
        let fact = data?["fact"].map { "  ← \($0["origin"]?.cell ?? "") says \($0["kind"]?.cell ?? "")" } ?? ""
        let posted = (data?["ledger"]?.array ?? []).map { Self.summary($0) }.joined(separator: ", ")
        return "\(time)  event \(entry["sequence"]?.cell ?? "")  \(type)\(fact)\(posted.isEmpty ? "" : "  \(posted)")"
    }

    private static func summary(_ transaction: JSONValue) -> String {
        ["id", "phase", "reason"].compactMap { transaction[$0]?.cell }.joined(separator: " ")
    }

    // MARK: T-accounts

    /// What was posted, account by account; what was only held is not there.
    private var accounts: String {
        var sides: [(account: String, debits: [Int64], credits: [Int64])] = []
        for transaction in transactions where Self.isPosted(transaction) {
            for posting in transaction["postings"]?.array ?? [] {
                let account = posting["account"]?.string ?? ""
                let place = sides.firstIndex { $0.account == account } ?? sides.count
                if place == sides.count { sides.append((account, [], [])) }
                if let debit = posting["debit"]?.integer { sides[place].debits.append(debit) }
                if let credit = posting["credit"]?.integer { sides[place].credits.append(credit) }
            }
        }
        return sides.map(Self.drawn).joined()
    }

    private static func isPosted(_ transaction: JSONValue) -> Bool {
        ["posted", "hold_posted", "reversal"].contains(transaction["phase"]?.string)
    }

    private static func drawn(_ account: (account: String, debits: [Int64], credits: [Int64])) -> String {
        let width = 14
        func pad(_ text: String) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
        let rows = (0..<max(account.debits.count, account.credits.count)).map { row in
            let debit = row < account.debits.count ? "\(account.debits[row])" : ""
            let credit = row < account.credits.count ? "\(account.credits[row])" : ""
            return "  \(pad(debit)) │\(pad(credit))\n"
        }
        let rule = String(repeating: "─", count: width + 1) + "┬" + String(repeating: "─", count: width)
        return "  \(account.account)\n  \(rule)\n\(rows.joined())\n"
    }
}
