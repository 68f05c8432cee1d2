import EventLog
import JSON
import Ledger
import Money
import Payments
import Storage

/// Accounts: opening a caller's own, and reading all.
struct AccountRoutes {
    let services: Services

    var routes: [Route] {
        [
            .post("/v1/accounts", .keepAccounts, open),
            .get("/v1/accounts", .read, list).readingQuery,
            .get("/v1/accounts/{account}", .read, account).quick,
            .get("/v1/accounts/{account}/balance", .read, balance).quick,
            .get("/v1/accounts/{account}/postings", .read, postings).readingQuery,
            .get("/v1/accounts/{account}/open_items", .read, openItems).readingQuery,
        ]
    }

    @Sendable private func open(_ call: Call, _ principal: Principal) async throws -> Answer {
        var fields = try call.fields()
        let path = try fields.parsed(
            "path", maxLength: AccountPath.lengthMax, "segments and a currency", AccountPath.init)
        let draft = try AccountDraft(
            path: path,
            type: try fields.parsed("type", "one of \(AccountType.names)", AccountType.init(rawValue:)),
            currency: try fields.optionalCurrency(in: services.currencies) ?? currency(of: path),
            ownerID: try fields.optionalParsed("owner_id", "1 to 128 of A-Z a-z 0-9 _ . : / -") { AllowedText($0) },
            floor: try fields.optionalInteger("floor"), ceiling: try fields.optionalInteger("ceiling"))
        try fields.finish()
        let account = try await OpenAccount(database: services.database).run(
            .init(book: principal.book, draft: draft, context: call.context(principal)))
        return .json(.created, JSONWriter.object { $0.members(of: account) })
            .with(.location, "/v1/accounts/\(account.id)")
    }

    /// The currency a path ends in.
    private func currency(of path: AccountPath) throws -> Currency {
        do {
            return try services.currencies.currency(path.currencyCode.description)
        } catch {
            throw Problem(.currencyUnknown, "\(path.currencyCode) is no currency of this installation", param: "path")
        }
    }

    @Sendable private func list(_ call: Call, _ principal: Principal) async throws -> Answer {
        var query = try call.queryFields()
        let page = try query.page(by: AccountID.self)
        let owner = try query.value("owner_id", "1 to 128 of A-Z a-z 0-9 _ . : / -") { AllowedText($0) }
        try query.finish()
        return try await read(call, principal) { ledger in
            let accounts = try ledger.accounts(of: owner, after: page.after, limit: page.readCount)
            return .json(
                .ok, page.body(accounts, asOf: ledger.asOf, position: \.id.description) { $1.members(of: $0) })
        }
    }

    @Sendable private func account(_ call: Call, _ principal: Principal) async throws -> Answer {
        try await read(call, principal) { ledger in
            let account = try find(call, in: ledger)
            return .json(.ok, JSONWriter.object { $0.members(of: account) })
        }
    }

    @Sendable private func balance(_ call: Call, _ principal: Principal) async throws -> Answer {
        try await read(call, principal) { ledger in
            let reading = try ledger.balance(of: find(call, in: ledger))
            return .json(.ok, JSONWriter.object { $0.members(of: reading) })
        }
    }
}

/// What stands on an account.
extension AccountRoutes {
    @Sendable private func postings(_ call: Call, _ principal: Principal) async throws -> Answer {
        var query = try call.queryFields()
        let page = try query.page(PostingCursor.init(text:))
        try query.finish()
        return try await read(call, principal) { ledger in
            let postings = try ledger.postings(on: find(call, in: ledger).id, before: page.after, limit: page.readCount)
            return .json(
                .ok, page.body(postings, asOf: ledger.asOf, position: \.cursor.text) { $1.members(of: $0) })
        }
    }

    /// What is not at zero of what the account tells apart, the oldest first.
    @Sendable private func openItems(_ call: Call, _ principal: Principal) async throws -> Answer {
        var query = try call.queryFields()
        let page = try query.page(OpenItem.init(text:))
        try query.finish()
        let now = services.clock.now
        return try await read(call, principal) { ledger in
            let account = try find(call, in: ledger)
            let after = try page.after.flatMap { try ledger.openItem($0, on: account) }
            let items = try ledger.openItems(on: account, after: after, limit: page.readCount)
            return .json(
                .ok, page.body(items, asOf: ledger.asOf, position: \.item.description) { $1.members(of: $0, at: now) })
        }
    }

    private func read(
        _ call: Call, _ principal: Principal, _ body: (LedgerQueries) throws -> Answer
    ) async throws -> Answer {
        try await services.waitForMinimum(of: call, in: principal.book)
        return try services.database.read(principal.book) { try body(LedgerQueries($0)) }
    }

    /// By id or by path: neither can be taken for the other, since an id has an underscore in the fourth place and no colon.
    private func find(_ call: Call, in ledger: LedgerQueries) throws -> Account {
        let text = call.parameters["account"]
        let reference = AccountReference(text: text)
        guard let account = try reference.flatMap({ try ledger.account($0) }) else { throw Problem(.accountNotFound) }
        return account
    }
}

extension AccountReference {
    /// Reads an account's id or path; nil for what is neither.
    init?(text: String) {
        if let id = AccountID(text: text) {
            self = .id(id)
        } else if let path = AccountPath(text) {
            self = .path(path)
        } else {
            return nil
        }
    }
}

extension AccountType {
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
