import Money

/// What one side says of a movement: its amount and, where it is known, what the provider keeps of it.
package struct Figure: Hashable, Sendable {
    /// Signed from our side.
    package let amount: Amount
    /// Nil where there is none or nobody has said what it should be.
    package let fee: Amount?

    package init(amount: Amount, fee: Amount? = nil) {
        self.amount = amount
        self.fee = fee
    }

    package init(_ line: SettlementLine) {
        self.init(amount: line.gross, fee: line.fee)
    }

    package var currency: Currency { amount.currency }
}
