/// A notification that was signed by the provider and is fresh.
package struct ProviderNotification: Hashable, Sendable {
    /// The provider's name of the notification, the same each time it is sent: what repeats are remembered by.
    package let id: ProviderReference
    package let facts: [ProviderFact]

    package init(id: ProviderReference, facts: [ProviderFact]) {
        self.id = id
        self.facts = facts
    }
}

/// Why a notification is not believed, in the order checked.
package enum NotificationRejection: Error, Hashable {
    case headerMissing(name: String)
    case headerMalformed(name: String)
    case signatureMismatch
    /// Older than the tolerance: signed once, but perhaps recorded and sent again.
    /// - Parameter name: The provider's name of it, for it was signed; so with those below.
    case tooOld(name: ProviderReference, ageSeconds: Int64)
    case fromTheFuture(name: ProviderReference, aheadSeconds: Int64)
    /// Signed, but not what the provider's own documentation says it sends. Kept, so that nothing is lost.
    case unreadable(name: ProviderReference, why: String)
}

/// A secret notifications are signed with. Prints redacted.
package struct NotificationSecret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var description: String { "NotificationSecret(redacted)" }
    package var debugDescription: String { description }
}

/// A notification's headers, found without regard to case.
package struct NotificationHeaders: Hashable, Sendable {
    private let values: [String: [String]]

    package init(_ fields: [(name: String, value: String)]) {
        values = Dictionary(grouping: fields) { $0.name.lowercased() }.mapValues { $0.map(\.value) }
    }

    /// The header's only value; nil when it is absent or given more than once, which no signer does.
    package subscript(_ name: String) -> String? {
        guard let found = values[name.lowercased()], found.count == 1 else { return nil }
        return found[0]
    }
}
