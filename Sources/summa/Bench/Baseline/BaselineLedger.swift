/// A ledger as it is written where nobody has thought about speed: one database transaction for each request, in plain SQL,
/// over the tables one would think of first. It shares nothing with ours but the database: what our engine is worth is the
/// difference. Used by one thread at a time, as a connection is.
///
/// It keeps what ours keeps of a transaction of two postings: the caller's key once, both legs, both balances, and a line
/// of JSON that tells of it. It has no tree, no proof, no hold, no period and no check.
protocol BaselineLedger: AnyObject {
    /// Makes accounts numbered from 0.
    func open(accountCount: Int) throws
    /// Posts, durably, unless the key was used.
    func post(_ movement: BaselineMovement) throws
    /// What stands on an account.
    func balance(of account: Int64) throws -> Int64
    /// Movements there are.
    func count() throws -> Int64
}

/// What a request asks of it.
struct BaselineMovement: Sendable {
    let key: String
    let debit: Int64
    let credit: Int64
    let minorUnits: Int64

    /// The same kind of load as ours: a random amount between two random accounts, or one of them always the same.
    init(_ random: inout SplitMix, accountCount: Int, isHot: Bool) {
        debit = isHot ? 0 : Int64(random.next() % UInt64(accountCount))
        credit = (debit + 1 + Int64(random.next() % UInt64(accountCount - 1))) % Int64(accountCount)
        minorUnits = Int64(random.next() % 100_000) + 1
        key = String(random.next(), radix: 36) + "-" + String(random.next(), radix: 36)
    }

    var line: String {
        """
        {"key":"\(key)","postings":[{"account":\(debit),"side":"debit","amount":\(minorUnits)},\
        {"account":\(credit),"side":"credit","amount":\(minorUnits)}],"currency":"EUR"}
        """
    }
}
