import Storage

/// An account of a book.
package struct AccountID: Identifier {
    package static let prefix = "acc"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A ledger transaction of a book; a hold is a pending one and is named the same way.
package struct LedgerTransactionID: Identifier {
    package static let prefix = "ltx"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}
