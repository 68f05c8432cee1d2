import EventLog
import Storage

/// What a private text is to its subject. One of each name for each subject.
package enum PrivateTextName: String, Hashable, Sendable, CaseIterable {
    /// A caller's words about a payment.
    case description
    /// A caller's own names and values for a payment.
    case metadata
    /// How a merchant is called.
    case displayName = "display_name"
    /// The bytes a provider sent us.
    case body
    /// Where a payer has to go to go on: whoever has the address can act as the payer.
    case nextActionURL = "next_action_url"
}

/// A text of somebody's own that is to be kept, with all the randomness keeping it takes, drawn before the unit of work: a
/// body may be run more than once, and is the same each time.
package struct PrivateTextDraft: Sendable {
    package let name: PrivateTextName
    let value: [UInt8]
    let salt: SaltedHash.Salt
    /// The subject's data key, should it have none yet.
    let dataKey: [UInt8]
    let keyNonce: [UInt8]
    let valueNonce: [UInt8]

    package init(_ name: PrivateTextName, _ value: [UInt8], random: some RandomSource) {
        self.name = name
        self.value = value
        guard let salt = SaltedHash.Salt(random.bytes(SaltedHash.Salt.byteCount)) else {
            preconditionFailure("a random source gives as many bytes as it is asked for")
        }
        self.salt = salt
        dataKey = random.bytes(SealingKey.byteCount)
        keyNonce = random.bytes(SealingKey.nonceByteCount)
        valueNonce = random.bytes(SealingKey.nonceByteCount)
    }

    package init(_ name: PrivateTextName, _ text: String, random: some RandomSource) {
        self.init(name, Array(text.utf8), random: random)
    }

    /// What the event says of it.
    package var hash: SaltedHash { SaltedHash(of: value, salt: salt) }
}

extension PrivateTextDraft: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "PrivateTextDraft(\(name.rawValue), redacted)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// What reading a private text finds.
package enum PrivateTextReading: Hashable, Sendable {
    /// There never was one.
    case none
    /// It was erased. Nobody can read it any more, nor show what the event's hash was of.
    case erased
    /// - Parameter hash: What the event says of it.
    case text([UInt8], hash: SaltedHash)
}
