import Storage

/// A ledger as it is written where nobody has thought about speed: one database transaction for each request, in plain SQL,
/// over the tables one would think of first. It shares nothing with ours but the database: what our engine is worth is the
/// difference. Used by one thread at a time, as a connection is.
///
/// It keeps what ours keeps of a transaction of two postings: the caller's key once, both legs, both balances, and a line
/// of JSON that tells of it. It has no tree, no proof, no hold, no period and no check.
protocol BaselineLedger: AnyObject {
    /// Makes the tables, and accounts numbered from 0.
    func make(accountCount: Int) throws

    /// Locks both accounts of a movement, where its database does not lock everything anyway.
    func lock(_ movement: BaselineMovement) throws
    /// Runs in one database transaction.
    func transaction(_ body: () throws -> Void) throws
    func run(_ sql: String, _ values: [ColumnValue]) throws
    /// The one number that a statement answers; 0 where it answers none.
    func integer(_ sql: String, _ values: [ColumnValue]) throws -> Int64
}

extension BaselineLedger {
    /// Posts, durably, unless the key was used.
    func post(_ movement: BaselineMovement) throws {
        try transaction {
            guard try integer("SELECT count(*) FROM movement WHERE key = ?1", [.text(movement.key)]) == 0 else {
                return
            }
            try lock(movement)
            let id = try integer(
                "INSERT INTO movement (key, line) VALUES (?1, ?2) RETURNING id",
                [.text(movement.key), .text(movement.line)])
            for (account, amount) in movement.legs {
                try run(
                    "INSERT INTO leg (movement, account, amount) VALUES (?1, ?2, ?3)",
                    [.integer(id), .integer(account), .integer(amount)])
                try run(
                    "UPDATE account SET balance = balance + ?1 WHERE id = ?2", [.integer(amount), .integer(account)])
            }
        }
    }

    /// What stands on an account.
    func balance(of account: Int64) throws -> Int64 {
        try integer("SELECT balance FROM account WHERE id = ?1", [.integer(account)])
    }

    /// Movements there are.
    func count() throws -> Int64 { try integer("SELECT count(*) FROM movement", []) }
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

    /// What it adds to which account.
    var legs: [(account: Int64, amount: Int64)] { [(debit, minorUnits), (credit, -minorUnits)] }

    var line: String {
        """
        {"key":"\(key)","postings":[{"account":\(debit),"side":"debit","amount":\(minorUnits)},\
        {"account":\(credit),"side":"credit","amount":\(minorUnits)}],"currency":"EUR"}
        """
    }
}
