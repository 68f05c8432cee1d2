import EventLog
import Ledger
import Money
import Storage

/// Ledger transactions at random: an amount between two accounts of many, under a random caller's key.
struct LedgerLoad: Sendable {
    /// Of loads that need no more than one.
    static let book = Founding.book
    static let context = EventContext(actor: "bench")

    let book: BookID
    private let accounts: [AccountID]
    /// Whether one of the two accounts is always the same.
    private let isHot: Bool
    private var random: SplitMix

    init(_ accounts: [AccountID], of book: BookID = Self.book, isHot: Bool = false, seed: UInt64) {
        self.book = book
        self.accounts = accounts
        self.isHot = isHot
        random = SplitMix(seed: seed)
    }

    mutating func next() -> LedgerTransactionDraft {
        let debit = isHot ? 0 : Int(random.next() % UInt64(accounts.count))
        let credit = (debit + 1 + Int(random.next() % UInt64(accounts.count - 1))) % accounts.count
        let amount = Amount(minorUnits: Int64(random.next() % 100_000) + 1, currency: .eur)
        let key = ExternalID(String(random.next(), radix: 36) + "-" + String(random.next(), radix: 36))
        do {
            return try LedgerTransactionDraft(
                .manual,
                [Posting(.id(accounts[debit]), .debit, amount), Posting(.id(accounts[credit]), .credit, amount)],
                authority: .caller, externalID: key)
        } catch {
            preconditionFailure("two legs of one amount balance: \(error)")
        }
    }

    /// Another load over the same accounts, for somebody who calls beside this one.
    mutating func split() -> LedgerLoad {
        LedgerLoad(accounts, of: book, isHot: isHot, seed: random.next())
    }
}

/// A small seeded generator: the same seed, the same load.
struct SplitMix: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
