import JSON

/// The facts of one type of event: how they are written, how they are read, and what they mean.
///
/// The bytes are hashed, signed and sent, so a type never changes once it is released. A new version is a new type with
/// a name of its own (`….posted.2`), and the reader of the first stays for ever. Each conforming type has one file; its
/// page in `docs/events` is made from what it says here, and its example is the golden bytes.
///
/// Facts are what happened: postings, amounts, states reached. Never balances or images of rows, which are folded from
/// events; never a card number, personal data or free text, for which there are `AllowedText` and `SaltedHash`.
package protocol EventContent: Sendable {
    /// `summa.<module>.<thing>.<what happened to it>`.
    static var type: String { get }
    /// What happened, in one sentence.
    static var meaning: String { get }
    /// What the subject names, in a few words.
    static var subjectMeaning: String { get }
    /// The members of `data`, in the order they are written, without those of the context.
    static var fields: [EventField] { get }
    /// One event as it might be, shown on its page.
    static var example: Self { get }

    /// The identifier of the thing it happened to.
    var subject: String { get }
    /// Writes the members of `data`, each by its literal name, in the order of `fields`.
    func write(to data: inout JSONWriter)
    /// Reads what `write` wrote, beside the subject. Whoever calls it refuses members that were not asked for.
    init(subject: String, from data: inout JSONFields) throws
}

/// One member of an event's data.
package struct EventField: Sendable {
    /// What a member's value can be.
    package indirect enum Kind: Sendable {
        /// A string of the allowed alphabet.
        case text
        /// A string of one of these values.
        case oneOf([String])
        /// The text form of an identifier with this prefix.
        case identifier(String)
        /// A whole number, such as an amount in minor units.
        case integer
        case boolean
        /// A moment in RFC 3339 with microseconds, in UTC.
        case instant
        /// A calendar day, `2026-03-31`.
        case day
        /// The base64 of a SHA-256 with salt.
        case hash
        /// The base64 of a SHA-256 without, of what is no secret and must be recognised.
        case digest
        case object([EventField])
        case list(Kind)
    }

    package let name: String
    package let kind: Kind
    package let isOptional: Bool
    /// In a few words, with the unit.
    package let meaning: String

    package init(_ name: String, _ kind: Kind, optional: Bool = false, _ meaning: String) {
        self.name = name
        self.kind = kind
        self.isOptional = optional
        self.meaning = meaning
    }
}
