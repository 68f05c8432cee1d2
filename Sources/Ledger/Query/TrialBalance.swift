import Money
import Storage

/// Every account's posted debits and credits, added up from the postings themselves and held against its counters. In each
/// currency the debits of all accounts equal their credits, or the books are wrong. Holds are no part of it.
package struct TrialBalance: Hashable, Sendable {
    package let asOf: Int64
    /// One line for each account, by path.
    package let lines: [Line]
    /// By currency.
    package let totals: [Total]

    package struct Line: Hashable, Sendable {
        package let account: Account
        /// Sums of postings.
        package let debits: Int128
        package let credits: Int128
        /// What the counters say.
        package let counters: Balance

        package var agrees: Bool {
            debits == Int128(counters.debitsPosted) && credits == Int128(counters.creditsPosted)
        }

        /// On the account's normal side.
        package var posted: Int128 { account.type.normalSide == .debit ? debits - credits : credits - debits }
    }

    package struct Total: Hashable, Sendable {
        package let currency: Currency
        package let debits: Int128
        package let credits: Int128

        package var isBalanced: Bool { debits == credits }
    }

    /// Whether debits equal credits in each currency and every account's counters are the sums of its postings.
    package var isRight: Bool { totals.allSatisfy(\.isBalanced) && lines.allSatisfy(\.agrees) }

    init(asOf: Int64, lines: [Line]) {
        self.asOf = asOf
        self.lines = lines.sorted { $0.account.path.text < $1.account.path.text }
        let byCurrency = Dictionary(grouping: lines, by: \.account.currency)
        totals = byCurrency.keys.sorted().map { currency in
            let lines = byCurrency[currency, default: []]
            return Total(
                currency: currency, debits: lines.reduce(0) { $0 + $1.debits },
                credits: lines.reduce(0) { $0 + $1.credits })
        }
    }
}
