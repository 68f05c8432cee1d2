import Ledger
import Money
import Storage

/// What a book is for, and the policies that hold for all of it. One row, written when the book is opened.
package struct BookSettings: Row, Hashable {
    /// For ever.
    package let mode: BookMode
    package var merchantDebt: MerchantDebtPolicy

    package var key: Int64 { Self.onlyKey }

    private static let onlyKey: Int64 = 1

    package static let table = TableDefinition<BookSettings>(
        "book_settings", .recorded,
        columns: [
            .integer("id", check: "id = 1"),
            .text("mode", check: "mode IN ('test', 'live')"),
            .text("merchant_debt"),
        ])

    package init(mode: BookMode, merchantDebt: MerchantDebtPolicy = .refuse) {
        self.mode = mode
        self.merchantDebt = merchantDebt
    }

    package func write(to columns: inout ColumnWriter) {
        columns.integer(key)
        columns.text(mode.rawValue)
        columns.text(MinorUnitsText.text(of: merchantDebt.limits))
    }

    package init(from columns: inout ColumnReader) throws {
        _ = columns.integer()
        mode = try columns.named("mode")
        merchantDebt = MerchantDebtPolicy(limits: try columns.parsed("merchant_debt", MinorUnitsText.amounts))
    }
}

extension BookSettings {
    /// - Throws: `BookRejection.notOpened`.
    package static func find(in work: borrowing UnitOfWork) throws -> BookSettings {
        guard let settings = try work.find(BookSettings.self, onlyKey) else {
            throw BookRejection.notOpened(work.bookName)
        }
        return settings
    }

    /// - Throws: `BookRejection.notOpened`.
    package static func find(in rows: Rows) throws -> BookSettings {
        guard let settings = try rows.find(BookSettings.self, onlyKey) else {
            throw BookRejection.notOpened(rows.head.name)
        }
        return settings
    }

    static func exists(in work: borrowing UnitOfWork) throws -> Bool {
        try work.find(BookSettings.self, onlyKey) != nil
    }
}

/// How far a merchant may fall into our debt by requests of ours, such as a refund. Facts are booked in any case.
package struct MerchantDebtPolicy: Hashable, Sendable {
    /// How much a merchant may owe us, for each currency named; nothing in any other.
    package let limits: [Amount]

    package static let refuse = MerchantDebtPolicy(limits: [])

    /// - Returns: Nil for a negative limit, or two of one currency.
    package static func allow(_ limits: [Amount]) -> MerchantDebtPolicy? {
        let isClear = Set(limits.map(\.currency)).count == limits.count && !limits.contains(where: \.isNegative)
        return isClear ? MerchantDebtPolicy(limits: limits) : nil
    }

    fileprivate init(limits: [Amount]) {
        self.limits = limits.sorted { $0.currency < $1.currency }
    }

    /// The lowest a merchant's payable may be taken by a request, in minor units: zero or below.
    package func floor(in currency: Currency) -> Int64 {
        -(limits.first { $0.currency == currency }?.minorUnits ?? 0)
    }
}

package enum BookRejection: Error, Hashable {
    /// The book has no settings: it was made and never opened for payments.
    case notOpened(String)
    case alreadyOpened(String)
}
