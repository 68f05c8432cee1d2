import JSON
import Ledger
import Payments

/// Reports over a whole book.
struct ReportRoutes {
    let services: Services

    var routes: [Route] {
        [.get("/v1/trial_balance", .read, trialBalance)]
    }

    /// Added up from the postings, and compared with the counters the server works with.
    @Sendable private func trialBalance(_ call: Call, _ principal: Principal) async throws -> Answer {
        try await services.waitForMinimum(of: call, in: principal.book)
        let balance = try TrialBalance.read(principal.book, from: services.database)
        return .json(.ok, JSONWriter.object { $0.members(of: balance) })
    }
}

extension JSONWriter {
    fileprivate mutating func members(of balance: TrialBalance) {
        field("as_of", balance.asOf)
        field("ok", balance.isRight)
        beginArray("currencies")
        for total in balance.totals {
            beginObject()
            field("currency", total.currency.description)
            field("debits", sum: total.debits)
            field("credits", sum: total.credits)
            field("balanced", total.isBalanced)
            endObject()
        }
        endArray()
        beginArray("accounts")
        for line in balance.lines {
            beginObject()
            members(of: line)
            endObject()
        }
        endArray()
    }

    private mutating func members(of line: TrialBalance.Line) {
        field("account", line.account.id.description)
        field("path", line.account.path.text)
        field("type", line.account.type.rawValue)
        field("currency", line.account.currency.description)
        field("debits", sum: line.debits)
        field("credits", sum: line.credits)
        field("posted", sum: line.posted)
        field("agrees", line.agrees)
    }
}
