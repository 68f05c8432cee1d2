import EventLog

/// What is wrong with a private text. What it says is never told.
package enum PrivateTextFinding: Hashable, Sendable {
    /// It is not the text that the event's hash is of.
    case differs(AllowedText, PrivateTextName)
    /// It does not open: it was changed, moved, its data key is gone, or the installation's key is another one.
    case unreadable(AllowedText, PrivateTextName)
    /// No event speaks of it.
    case untold(AllowedText, PrivateTextName)
    /// An event speaks of it, no event of its being erased, and it is not there.
    case missing(AllowedText, PrivateTextName)
    /// An event says that it was erased, and it or its key is still there.
    case notErased(AllowedText, PrivateTextName)
}

extension PrivateTextFinding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .differs(let subject, let name): "private text \(name.rawValue) of \(subject) is not what its event says"
        case .unreadable(let subject, let name): "private text \(name.rawValue) of \(subject) does not open"
        case .untold(let subject, let name): "private text \(name.rawValue) of \(subject) is in no event"
        case .missing(let subject, let name):
            "private text \(name.rawValue) of \(subject) is missing, and was not erased"
        case .notErased(let subject, let name):
            "private text \(name.rawValue) of \(subject) was erased, and is still there"
        }
    }
}
