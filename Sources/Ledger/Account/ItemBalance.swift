import Storage

/// What one item has moved on one account that tracks items: its open amount is debits less credits, seen from the
/// account's normal side, and its age counts from the first posting.
package struct ItemBalance: Row, Hashable {
    package let account: AccountID
    package let item: OpenItem
    package var debits: Int64
    package var credits: Int64
    package let openedAt: Instant

    package struct Key: RowKey {
        package let account: AccountID
        package let kind: Int64
        package let value: Int64

        package init(_ account: AccountID, _ item: OpenItem) {
            self.account = account
            kind = item.kind.rawValue
            value = item.rawValue
        }

        package func write(to columns: inout ColumnWriter) {
            columns.key(account)
            columns.integer(kind)
            columns.integer(value)
        }

        package init(from columns: inout ColumnReader) throws {
            account = try columns.key()
            kind = columns.integer()
            value = columns.integer()
        }
    }

    package var key: Key { Key(account, item) }

    package static let table = TableDefinition<ItemBalance>(
        "item_balance", .recorded, keyColumnCount: 3,
        columns: [
            .integer("account"),
            .integer("item_kind"),
            .integer("item"),
            .integer("debits_minor", check: "debits_minor >= 0"),
            .integer("credits_minor", check: "credits_minor >= 0"),
            .integer("opened_at"),
        ])

    package init(account: AccountID, item: OpenItem, openedAt: Instant) {
        self.account = account
        self.item = item
        debits = 0
        credits = 0
        self.openedAt = openedAt
    }

    package func write(to columns: inout ColumnWriter) {
        key.write(to: &columns)
        columns.integer(debits)
        columns.integer(credits)
        columns.instant(openedAt)
    }

    package init(from columns: inout ColumnReader) throws {
        let key = try Key(from: &columns)
        guard let kind = OpenItem.Kind(rawValue: key.kind) else {
            throw UnreadableColumn(name: "item_kind", text: "\(key.kind)")
        }
        account = key.account
        item = OpenItem(kind, key.value)
        debits = columns.integer()
        credits = columns.integer()
        openedAt = columns.instant()
    }
}
