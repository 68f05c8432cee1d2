import Money

/// An amount as a caller states it for a payment: the currency may be left out, for the payment has one.
package struct StatedAmount: Hashable, Sendable {
    package let minorUnits: Int64
    package let currency: Currency?

    package init(minorUnits: Int64, currency: Currency? = nil) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    package init(_ amount: Amount) {
        self.init(minorUnits: amount.minorUnits, currency: amount.currency)
    }

    package func amount(of payment: Payment) -> Amount {
        Amount(minorUnits: minorUnits, currency: currency ?? payment.currency)
    }
}
