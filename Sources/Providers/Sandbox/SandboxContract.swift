import Money
import Payments

/// What the sandbox's documentation promises whoever has an account with it.
extension SandboxProvider {
    package static let capabilities: ProviderCapabilities = {
        var capabilities = ProviderCapabilities()
        capabilities.partialCapture = true
        capabilities.multipleCapture = true
        capabilities.partialRefund = true
        capabilities.feeRecognition = .settlement
        return capabilities
    }()

    /// In which it takes and settles payments.
    package static let currencies: [CurrencyCode] = [
        "AUD", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "NOK", "NZD", "PLN", "SEK", "SGD", "USD", "CLP", "ISK",
        "JPY", "KRW", "VND", "BHD", "JOD", "KWD", "OMR", "TND",
    ].compactMap { CurrencyCode($0) }
}
