import HTTPTypes
import Payments

/// Requests that may be sent again.
extension Call {
    /// How the request is known when it comes again.
    /// - Throws: `IdempotencyKeyHeader.Rejection` for a key that is missing or malformed, `Problem` for a card number in it.
    package func idempotentRequest() throws -> IdempotentRequest {
        let key = try IdempotencyKeyHeader.parse(headers[values: .idempotencyKey])
        try CardNumberRefusal.check(key, param: IdempotencyKeyHeader.name)
        return IdempotentRequest(method: method.rawValue, route: route.description, path: path, key: key)
    }
}

extension Answer {
    /// The same, saying so where it had been given before.
    package func replayed(_ isReplayed: Bool) -> Answer {
        isReplayed ? with(.idempotencyReplayed, "true") : self
    }
}
