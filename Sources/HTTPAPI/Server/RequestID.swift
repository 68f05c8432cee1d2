import EventLog
import Payments
import Storage

/// The name of one request: in its answer, in its events and in the log lines that tell of it. Drawn at random, so that it
/// says nothing of how many there are.
package struct RequestID: Identifier {
    package static let prefix = "req"
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    package init(random: some RandomSource) {
        let bits = random.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self.init(rawValue: Int64(bits & UInt64(Int64.max)))
    }

    /// As events name the request that asked for them.
    package var eventText: AllowedText {
        guard let text = AllowedText(description) else {
            preconditionFailure("an identifier has the letters of an event")
        }
        return text
    }
}
