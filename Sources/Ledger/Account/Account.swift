import EventLog
import Money
import Storage

/// A named place where value of one currency rests. Its counters live apart, in `AccountBalance`: they change with every
/// posting, this hardly ever.
package struct Account: Row, Hashable {
    package let id: AccountID
    package let path: AccountPath
    package let type: AccountType
    package let currency: Currency
    /// Whose account it is, where it is somebody's: a merchant, a customer. The caller's own name for them.
    package let ownerID: AllowedText?
    /// Only posting rules and approved adjustments write it.
    package let isControl: Bool
    /// Each posting names the item it belongs to, and items sum to the balance.
    package let tracksItems: Bool
    package let purpose: AccountPurpose
    /// Our own requests may not take the available balance below this, in minor units on the normal side.
    package var floor: Int64?
    /// Our own requests may not take the balance with every incoming hold above this.
    package var ceiling: Int64?
    package var status: AccountStatus
    package let openedAt: Instant

    package var key: AccountID { id }

    package static let byPath = UniqueKey<Account, String>("path", columns: ["path"]) { $0.path.text }

    package static let table = TableDefinition<Account>(
        "account", .recorded,
        columns: [
            .integer("id"),
            .text("path", check: "length(path) BETWEEN 5 AND 128"),
            .text("type", check: "type IN ('asset', 'liability', 'equity', 'revenue', 'expense')"),
            .text("currency"),
            .integer("exponent", check: "exponent BETWEEN 0 AND 9"),
            .text("owner_id", optional: true),
            .integer("is_control", check: "is_control IN (0, 1)"),
            .integer("tracks_items", check: "tracks_items IN (0, 1)"),
            .text("purpose", check: "purpose IN ('ordinary', 'clearing', 'suspense')"),
            .integer("floor", optional: true),
            .integer("ceiling", optional: true),
            .text("status", check: "status IN ('open', 'frozen', 'closed')"),
            .integer("opened_at"),
        ],
        uniqueKeys: [byPath])
}

/// Whether an account takes postings.
package enum AccountStatus: String, Hashable, Sendable, CaseIterable {
    case open
    /// Refuses our own requests; facts are still booked, and flagged.
    case frozen
    /// Refuses our own requests; facts go to suspense instead. Only an account at zero with nothing pending is closed.
    case closed
}

extension Account {
    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(path.text)
        columns.text(type.rawValue)
        columns.currency(currency)
        columns.text(ownerID?.text)
        columns.boolean(isControl)
        columns.boolean(tracksItems)
        columns.text(purpose.rawValue)
        columns.integer(floor)
        columns.integer(ceiling)
        columns.text(status.rawValue)
        columns.instant(openedAt)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        path = try columns.parsed("path", AccountPath.init(_:))
        type = try columns.named("type")
        currency = try columns.currency()
        ownerID = try columns.optionalParsed("owner_id") { AllowedText($0) }
        isControl = columns.boolean()
        tracksItems = columns.boolean()
        purpose = try columns.named("purpose")
        floor = columns.optionalInteger()
        ceiling = columns.optionalInteger()
        status = try columns.named("status")
        openedAt = columns.instant()
    }
}

/// The four counters of an account, in a narrow row of their own: with many single callers these rows are most of what
/// is written.
package struct AccountBalance: Row, Hashable {
    package let account: AccountID
    package var balance: Balance

    package var key: AccountID { account }

    package static let table = TableDefinition<AccountBalance>(
        "account_balance", .recorded,
        columns: [
            .integer("account"),
            .integer("debits_posted", check: "debits_posted >= 0"),
            .integer("credits_posted", check: "credits_posted >= 0"),
            .integer("debits_pending", check: "debits_pending >= 0"),
            .integer("credits_pending", check: "credits_pending >= 0"),
        ])

    package init(account: AccountID, balance: Balance) {
        self.account = account
        self.balance = balance
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(account)
        columns.integer(balance.debitsPosted)
        columns.integer(balance.creditsPosted)
        columns.integer(balance.debitsPending)
        columns.integer(balance.creditsPending)
    }

    package init(from columns: inout ColumnReader) throws {
        account = try columns.key()
        balance = Balance(
            debitsPosted: columns.integer(), creditsPosted: columns.integer(), debitsPending: columns.integer(),
            creditsPending: columns.integer())
    }
}
