import Storage

/// A provider's or bank's file that was taken in.
package struct StatementID: Identifier {
    package static let prefix = "stm"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// One line of it. Money that nobody recognised stands under its number as an open item.
package struct StatementLineID: Identifier {
    package static let prefix = "lin"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A provider's batch transfer to us.
package struct RemittanceID: Identifier {
    package static let prefix = "rem"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A disagreement between a file and the books.
package struct BreakID: Identifier {
    package static let prefix = "brk"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A ledger transaction two people are asked about.
package struct AdjustmentID: Identifier {
    package static let prefix = "adj"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}
