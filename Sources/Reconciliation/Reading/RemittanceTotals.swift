import Money

/// What the lines of one remittance add up to: what the provider sends us for them, or draws from us where it is negative.
package struct RemittanceTotals: Hashable, Sendable {
    package let reference: StatementReference
    package let lineCount: Int64
    package let gross: Amount
    package let fee: Amount
    package let net: Amount

    package init(reference: StatementReference, lineCount: Int64, gross: Amount, fee: Amount, net: Amount) {
        self.reference = reference
        self.lineCount = lineCount
        self.gross = gross
        self.fee = fee
        self.net = net
    }

    package var currency: Currency { net.currency }
}

/// Adds up the lines of a file by their remittances, in the order these first appear.
struct RemittanceTally {
    private var order: [StatementReference] = []
    private var sums: [StatementReference: Sum] = [:]

    private struct Sum {
        var lineCount: Int64 = 0
        var gross: AmountSum
        var fee: AmountSum
        var net: AmountSum

        init(_ currency: Currency) {
            gross = AmountSum(currency)
            fee = AmountSum(currency)
            net = AmountSum(currency)
        }

        mutating func add(_ line: SettlementLine) throws(AmountError) {
            try gross.add(line.gross)
            try fee.add(line.fee)
            try net.add(line.net)
            lineCount += 1
        }
    }

    /// - Throws: `currencyOf` for a line in another currency than the remittance's first.
    mutating func add(_ line: SettlementLine) throws(StatementFault) {
        if sums[line.remittance] == nil { order.append(line.remittance) }
        var sum = sums[line.remittance] ?? Sum(line.currency)
        do { try sum.add(line) } catch {
            throw .currencyOf(line.remittance.text, expected: sum.net.currency, found: line.currency)
        }
        sums[line.remittance] = sum
    }

    /// - Throws: `sumOutOfRange`.
    func totals() throws(StatementFault) -> [RemittanceTotals] {
        var totals: [RemittanceTotals] = []
        for reference in order {
            guard let sum = sums[reference] else { continue }
            do {
                totals.append(
                    RemittanceTotals(
                        reference: reference, lineCount: sum.lineCount, gross: try sum.gross.amount(),
                        fee: try sum.fee.amount(), net: try sum.net.amount()))
            } catch {
                throw .sumOutOfRange(reference.text)
            }
        }
        return totals
    }
}

extension StatementFault {
    /// The fault with the line it was found on.
    func on(_ line: Int?) -> StatementRejection { StatementRejection(line: line, self) }
}
