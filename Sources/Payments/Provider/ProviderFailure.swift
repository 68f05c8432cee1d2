import EventLog

/// Why a provider said no, as callers read it. The list is closed; what a provider adds to its own is `other`.
package enum DeclineReason: String, Hashable, Sendable, CaseIterable {
    case insufficientFunds = "insufficient_funds"
    case expiredCard = "expired_card"
    case incorrectCVC = "incorrect_cvc"
    case suspectedFraud = "suspected_fraud"
    case doNotHonor = "do_not_honor"
    case authenticationRequired = "authentication_required"
    case providerUnavailable = "provider_unavailable"
    case other
}

/// A refusal or failure with the provider's own code kept: an unknown code is shown, never trusted and never a success.
package struct ProviderFailure: Hashable, Sendable {
    package let reason: DeclineReason
    /// The provider's own code, cut to 64 of the letters that events allow.
    package let rawCode: String

    package init(_ reason: DeclineReason, rawCode: String) {
        self.reason = reason
        self.rawCode = String(rawCode.lazy.filter { AllowedText(String($0)) != nil }.prefix(Self.rawCodeLengthMax))
    }

    package static let rawCodeLengthMax = 64
}
