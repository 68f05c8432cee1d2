import Ledger
import Money

/// Which rule's refusal is told how: one place for all of them.
extension RequestRejection {
    package init(_ rejection: CaptureRejection) {
        func no(
            _ code: RejectionCode, _ requested: Amount? = nil, limit: Amount? = nil, status: PaymentStatus? = nil
        ) -> RequestRejection {
            RequestRejection(.capture, code, requested: requested, limit: limit, status: status)
        }
        self =
            switch rejection {
            case .currencyMismatch(let currency, let requested): .currencyMismatch(.capture, currency, requested)
            case .amountNotPositive(let amount): no(.amountNotPositive, amount)
            case .notAuthorized(let status): no(.notAuthorized, status: status)
            case .voidInFlight: no(.voidInFlight)
            case .partialCaptureUnsupported(let limit, let amount): no(.partialCaptureUnsupported, amount, limit: limit)
            case .multipleCapturesUnsupported(let captured): no(.multipleCapturesUnsupported, limit: captured)
            case .minorUnitStep(let step, let amount): .minorUnitStep(.capture, step, amount)
            case .exceedsCapturable(let limit, let amount): no(.exceedsCapturable, amount, limit: limit)
            case .finalWhileInFlight(let inFlight): no(.captureInFlight, limit: inFlight)
            }
    }

    package init(_ rejection: VoidRejection) {
        self =
            switch rejection {
            case .notVoidable(let status): RequestRejection(.void, .notVoidable, status: status)
            case .alreadyVoiding(let operation): RequestRejection(.void, .alreadyVoiding, operation: operation)
            case .captured(let amount): RequestRejection(.void, .alreadyCaptured, limit: amount)
            case .captureInFlight(let amount): RequestRejection(.void, .captureInFlight, limit: amount)
            }
    }

    package init(_ rejection: RefundRejection) {
        func no(
            _ code: RejectionCode, _ requested: Amount? = nil, limit: Amount? = nil, status: PaymentStatus? = nil
        ) -> RequestRejection {
            RequestRejection(.refund, code, requested: requested, limit: limit, status: status)
        }
        self =
            switch rejection {
            case .currencyMismatch(let currency, let requested): .currencyMismatch(.refund, currency, requested)
            case .amountNotPositive(let amount): no(.amountNotPositive, amount)
            case .nothingCaptured(let status): no(.nothingCaptured, status: status)
            case .disputed(let amount): no(.disputed, limit: amount)
            case .partialRefundUnsupported(let limit, let amount): no(.partialRefundUnsupported, amount, limit: limit)
            case .minorUnitStep(let step, let amount): .minorUnitStep(.refund, step, amount)
            case .exceedsRefundable(let limit, let amount): no(.exceedsRefundable, amount, limit: limit)
            }
    }

    /// What the ledger refuses of a request's posting; nil for what only a bug could bring about.
    package init?(_ rejection: PostingRejection, of request: RequestKind, requested: Amount) {
        func no(_ code: RejectionCode, _ account: AccountPath, limit: Amount? = nil) -> RequestRejection {
            RequestRejection(request, code, requested: requested, limit: limit, account: account)
        }
        switch rejection {
        case .insufficientFunds(let path, let available, _): self = no(.insufficientFunds, path, limit: available)
        case .accountFrozen(let path): self = no(.accountFrozen, path)
        case .accountClosed(let path): self = no(.accountClosed, path)
        case .balanceOverflow(let path): self = no(.balanceOverflow, path)
        case .currencyMismatch(let path, _): self = no(.currencyMismatch, path)
        default: return nil
        }
    }

    private static func currencyMismatch(
        _ request: RequestKind, _ currency: Currency, _ requested: Currency
    ) -> RequestRejection {
        RequestRejection(request, .currencyMismatch, requested: .zero(requested), limit: .zero(currency))
    }

    static func minorUnitStep(_ request: RequestKind, _ step: Int64, _ requested: Amount) -> RequestRejection {
        RequestRejection(
            request, .minorUnitStep, requested: requested,
            limit: Amount(minorUnits: step, currency: requested.currency))
    }
}

extension RequestRejection {
    /// Runs a request's posting; what the ledger refuses of it is told as the request's refusal.
    static func told<T>(of request: RequestKind, _ requested: Amount, _ post: () throws -> T) throws -> T {
        do { return try post() } catch let rejection as PostingRejection {
            throw RequestRejection(rejection, of: request, requested: requested) ?? rejection
        }
    }
}
