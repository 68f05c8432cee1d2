import JSON
import Storage

/// Where and under which key a caller asked for one effect.
package struct IdempotentRequest: Hashable, Sendable {
    /// Of the request line, in capitals.
    package let method: String
    /// The route's pattern, `/v1/payments/{id}/refunds`: keys of different routes have nothing to do with each other.
    package let route: String
    /// The path that was asked for, with its identifiers.
    package let path: String
    /// The caller's own name for the effect, unquoted.
    package let key: String

    package init(method: String, route: String, path: String, key: String) {
        self.method = method
        self.route = route
        self.path = path
        self.key = key
    }
}

/// What is asked for, in the one spelling its fingerprint is taken of: two bodies that mean the same give the same.
package protocol Fingerprinted {
    /// Writes the members of the command, those left out by the caller left out.
    func write(fingerprint: inout JSONWriter)
}

/// That a caller means one effect: the hash of the key in its scope, and the hash of what is asked for.
package struct IdempotencyClaim: Hashable, Sendable {
    package let keyHash: RequestHash
    package let fingerprint: RequestHash

    package init(keyHash: RequestHash, fingerprint: RequestHash) {
        self.keyHash = keyHash
        self.fingerprint = fingerprint
    }

    /// The scope of a key is book, method and route; the fingerprint is of method, path and the decoded command.
    package init(_ request: IdempotentRequest, in book: BookID, for command: some Fingerprinted) {
        keyHash = RequestHash(of: [String(book.rawValue), request.method, request.route, request.key])
        var text = JSONWriter(capacity: 256)
        text.beginObject()
        command.write(fingerprint: &text)
        text.endObject()
        fingerprint = RequestHash(of: [request.method, request.path], then: text.takeBytes())
    }
}

/// Why a key is refused.
package enum IdempotencyRejection: Error, Hashable {
    /// It was used for something else; the event tells of that.
    case keyReused(sequence: Int64)
}
