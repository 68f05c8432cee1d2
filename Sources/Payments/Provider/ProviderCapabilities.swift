import Money

/// What our contract with a provider lets us do, and how the provider accounts for its fees.
package struct ProviderCapabilities: Hashable, Sendable {
    package var partialCapture = true
    package var multipleCapture = false
    package var overCapture = false
    package var partialRefund = true
    package var voidAfterCapture = false
    package var feeRecognition = FeeRecognition.settlement
    /// Amounts in a currency must be multiples of so many minor units; absent means 1.
    package var minorUnitSteps: [CurrencyCode: Int64] = [:]

    package init() {}

    package func minorUnitStep(of currency: Currency) -> Int64 { max(1, minorUnitSteps[currency.code] ?? 1) }
}

/// When the provider's fee becomes our expense.
package enum FeeRecognition: String, Hashable, Sendable, CaseIterable {
    /// Stated with the capture: booked then (row 9b).
    case capture
    /// Known from the remittance line: booked with it (row 9).
    case settlement
    /// Accrued and invoiced later (rows 11 and 11b).
    case invoice
}
