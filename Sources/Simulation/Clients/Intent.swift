import Money
import Payments

/// One effect a client wants, under the one key it has for it.
struct Intent {
    enum Wish {
        case charge(Amount, token: String, capture: CaptureMode, merchant: Int)
        case capture(of: PaymentID, amount: Int64?, isFinal: Bool)
        case void(of: PaymentID)
        case refund(of: PaymentID, amount: Int64?)
    }

    let key: String
    let wish: Wish
    /// What the client was told, and wrote down; nil while it knows nothing.
    var answer: IdempotentAnswer?
    /// It asks, and waits.
    var isAsking = false

    var name: String {
        switch wish {
        case .charge(let amount, let token, let capture, _): "charge \(key) \(amount) \(token) \(capture.rawValue)"
        case .capture(let payment, let amount, _): "capture \(key) \(payment) \(amount.map(String.init) ?? "all")"
        case .void(let payment): "void \(key) \(payment)"
        case .refund(let payment, let amount): "refund \(key) \(payment) \(amount.map(String.init) ?? "all")"
        }
    }
}

extension IdempotentAnswer {
    /// Whether callers read the same in both.
    func isSame(as other: IdempotentAnswer) -> Bool { body.asTold == other.body.asTold && sequence == other.sequence }
}

extension IdempotentAnswer.Body {
    /// Without the hold that reserves a refund's funds: a caller is not told of it.
    fileprivate var asTold: Self {
        guard case .operation(var operation) = self else { return self }
        operation.hold = nil
        return .operation(operation)
    }
}
