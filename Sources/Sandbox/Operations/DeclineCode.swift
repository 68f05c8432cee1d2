/// Why the sandbox said no, in its own codes: whoever adapts it has to translate.
package struct DeclineCode: Hashable, Sendable {
    package let code: String
    package let message: String

    static let insufficientFunds = DeclineCode("nsf_51", "Not sufficient funds")
    static let expiredCard = DeclineCode("exp_54", "Expired card")
    static let incorrectCVC = DeclineCode("cvc_n7", "Card verification code mismatch")
    static let suspectedFraud = DeclineCode("frd_59", "Suspected fraud")
    static let doNotHonor = DeclineCode("dnh_05", "Do not honor")
    static let authenticationRequired = DeclineCode("sca_65", "Strong customer authentication required")
    static let issuerUnavailable = DeclineCode("iss_91", "Issuer unavailable")
    static let notPermitted = DeclineCode("oth_57", "Transaction not permitted to cardholder")
    static let actionAbandoned = DeclineCode("act_abandoned", "The payer did not complete the action")
    static let captureDeclined = DeclineCode("cap_96", "Capture not accepted")
    static let refundDeclined = DeclineCode("ref_14", "Refund not accepted")
    static let accountClosed = DeclineCode("ref_closed_account", "The payer's account is closed")
    static let refundReturned = DeclineCode("ref_returned", "The payer's bank returned the refund")
    static let gatewayTimeout = DeclineCode("gateway_timeout", "The request was not completed")

    private static let all = [
        insufficientFunds, expiredCard, incorrectCVC, suspectedFraud, doNotHonor, authenticationRequired,
        issuerUnavailable, notPermitted, actionAbandoned, captureDeclined, refundDeclined, accountClosed,
        refundReturned, gatewayTimeout,
    ]

    private init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code as it was stored.
    init?(stored code: String) {
        guard let known = Self.all.first(where: { $0.code == code }) else { return nil }
        self = known
    }
}
