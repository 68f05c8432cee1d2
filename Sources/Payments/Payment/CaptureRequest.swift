import Money
import Storage

/// Why a capture is refused, in the order checked.
package enum CaptureRejection: Error, Hashable {
    case currencyMismatch(Currency, requested: Currency)
    case amountNotPositive(Amount)
    /// There is no promise to capture from.
    case notAuthorized(PaymentStatus)
    case voidInFlight
    case partialCaptureUnsupported(capturable: Amount, requested: Amount)
    case multipleCapturesUnsupported(captured: Amount)
    /// The provider takes multiples of `step` minor units only.
    case minorUnitStep(Int64, requested: Amount)
    case exceedsCapturable(capturable: Amount, requested: Amount)
    /// The last capture cannot be asked for while another one is unanswered: the provider might give its part back.
    case finalWhileInFlight(Amount)
}

extension Payment {
    /// Asks for a capture: reserves the amount under the authorization. Nothing is posted before the provider has answered.
    /// - Parameters:
    ///   - amount: Nil for all that may still be captured.
    ///   - isFinal: That no capture follows. One that takes all the promise has left is final whatever is said.
    package mutating func requestCapture(
        of amount: Amount?, isFinal: Bool, id: PaymentOperationID, from provider: ProviderCapabilities, at now: Instant
    ) throws(CaptureRejection) -> PaymentOperation {
        if let amount {
            guard amount.currency == currency else { throw .currencyMismatch(currency, requested: amount.currency) }
            guard amount.isPositive else { throw .amountNotPositive(amount) }
        }
        guard authorization == .authorized else { throw .notAuthorized(status) }
        guard voiding == nil else { throw .voidInFlight }
        let capturable = amounts.capturable
        guard capturable.isPositive else {
            throw .exceedsCapturable(capturable: capturable, requested: amount ?? amounts.authorized)
        }
        let amount = amount ?? capturable
        let takesAll = amount == capturable && amounts.capturesInFlight.isZero
        guard provider.partialCapture || amount == capturable else {
            throw .partialCaptureUnsupported(capturable: capturable, requested: amount)
        }
        let begun = amounts.captured.isPositive || amounts.capturesInFlight.isPositive
        guard provider.multipleCapture || !begun else { throw .multipleCapturesUnsupported(captured: amounts.captured) }
        let step = provider.minorUnitStep(of: currency)
        guard amount.minorUnits.isMultiple(of: step) else { throw .minorUnitStep(step, requested: amount) }
        guard amount.minorUnits <= capturable.minorUnits else {
            throw .exceedsCapturable(capturable: capturable, requested: amount)
        }
        guard !isFinal || amounts.capturesInFlight.isZero else { throw .finalWhileInFlight(amounts.capturesInFlight) }
        amounts.reserve(amount, in: \.capturesInFlight)
        return PaymentOperation(
            id: id, payment: self.id, kind: .capture, origin: .request, amount: amount,
            isFinal: isFinal || takesAll || !provider.multipleCapture, createdAt: now)
    }
}
