import JSON
import Payments

/// The sandbox's codes as reasons of the closed list. A code that is not here is `other`, with the code kept.
enum SandboxDeclineCodes {
    /// Of a refund that failed after it had succeeded, and of no other.
    static let refundReturned = "ref_returned"

    static func reason(of code: String) -> DeclineReason {
        switch code {
        case "nsf_51": .insufficientFunds
        case "exp_54": .expiredCard
        case "cvc_n7": .incorrectCVC
        case "frd_59": .suspectedFraud
        case "dnh_05": .doNotHonor
        case "sca_65", "act_abandoned": .authenticationRequired
        case "iss_91", "gateway_timeout": .providerUnavailable
        default: .other
        }
    }

    /// Of a `decline` member; one that is missing or shapeless leaves no code to show.
    static func failure(_ decline: JSONValue?) -> ProviderFailure {
        let code = decline?["code"]?.string ?? ""
        // Its code is kept as it came; what stands there and is no code is not.
        guard !CardNumberScreen.masked(code).found else { return ProviderFailure(.other, rawCode: "masked") }
        return ProviderFailure(reason(of: code), rawCode: code)
    }
}
