import Money
import Payments

extension CaptureRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .currencyMismatch(let currency, _): .wrongCurrency(of: currency)
        case .amountNotPositive: Problem(.amountNotPositive, param: "amount")
        case .notAuthorized(let status): Problem(.paymentNotAuthorized, "the payment is \(status.rawValue)")
        case .voidInFlight: Problem(.voidInFlight)
        case .partialCaptureUnsupported(let capturable, _):
            Problem(.partialCaptureUnsupported, "capture all \(capturable.inWords)", param: "amount")
        case .multipleCapturesUnsupported(let captured):
            Problem(.multipleCapturesUnsupported, "\(captured.inWords) have been captured")
        case .minorUnitStep(let step, _): .step(step)
        case .exceedsCapturable(let capturable, _):
            Problem(.exceedsCapturable, "\(capturable.inWords) may be captured", param: "amount")
        case .finalWhileInFlight(let amount):
            Problem(.captureInFlight, "a capture of \(amount.inWords) is under way", param: "final")
        }
    }
}

extension VoidRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .notVoidable(let status): Problem(.paymentNotVoidable, "the payment is \(status.rawValue)")
        case .alreadyVoiding(let operation): Problem(.voidInFlight, "\(operation) asks for it already")
        case .captured(let amount): Problem(.paymentCaptured, "\(amount.inWords) have been captured")
        case .captureInFlight(let amount): Problem(.captureInFlight, "a capture of \(amount.inWords) is under way")
        }
    }
}

extension RefundRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .currencyMismatch(let currency, _): .wrongCurrency(of: currency)
        case .amountNotPositive: Problem(.amountNotPositive, param: "amount")
        case .nothingCaptured(let status): Problem(.nothingCaptured, "the payment is \(status.rawValue)")
        case .disputed(let amount): Problem(.paymentDisputed, "\(amount.inWords) are disputed")
        case .partialRefundUnsupported(let captured, _):
            Problem(.partialRefundUnsupported, "refund all \(captured.inWords)", param: "amount")
        case .minorUnitStep(let step, _): .step(step)
        case .exceedsRefundable(let refundable, _):
            Problem(.exceedsRefundable, "\(refundable.inWords) may be refunded", param: "amount")
        }
    }
}

extension Problem {
    fileprivate static func wrongCurrency(of currency: Currency) -> Problem {
        Problem(.currencyMismatch, "the payment is in \(currency)", param: "currency")
    }

    fileprivate static func step(_ step: Int64) -> Problem {
        Problem(.amountStep, "the provider takes multiples of \(step) minor units", param: "amount")
    }
}
