import EventLog
import Ledger
import Storage

/// A notification that was signed by its provider, with what we made of it. Its exact bytes lie beside it as private text; both
/// are forgotten after thirty days, when no repeat of it is believed any more.
package struct KeptNotification: Row, Hashable {
    package let id: NotificationID
    package let providerAccount: PathSegment
    /// The provider's name of it, the same each time it is sent.
    package let name: ProviderReference
    package let verdict: NotificationVerdict
    /// The first payment it spoke of; nil when it spoke of none we know.
    package let payment: PaymentID?
    /// Whether a card number stood in it, which was masked before it was kept.
    package let isMasked: Bool
    package let receivedAt: Instant
    /// How often it came again.
    package var repeatCount: Int64

    package var key: NotificationID { id }

    package typealias Identity = PairKey<PairKey<String, String>, String>

    /// What repeats are remembered by. With its verdict, for what was refused once may come again and be believed.
    package static let byIdentity = UniqueKey<KeptNotification, Identity>(
        "identity", columns: ["provider_account", "verdict", "name"]
    ) { identity(of: $0.name, from: $0.providerAccount, as: $0.verdict) }

    package static func identity(
        of name: ProviderReference, from account: PathSegment, as verdict: NotificationVerdict
    ) -> Identity {
        PairKey(PairKey(account.text, verdict.rawValue), name.text)
    }

    package static let table = TableDefinition<KeptNotification>(
        "notification", .private,
        columns: [
            .integer("id"),
            .text("provider_account"),
            .text("name", check: "length(name) BETWEEN 1 AND 128"),
            .text("verdict", check: "verdict IN ('believed', 'unreadable', 'too_old', 'from_the_future')"),
            .integer("payment", optional: true),
            .integer("is_masked", check: "is_masked IN (0, 1)"),
            .integer("received_at"),
            .integer("repeat_count", check: "repeat_count >= 0"),
        ],
        uniqueKeys: [byIdentity])

    init(
        id: NotificationID, providerAccount: PathSegment, name: ProviderReference, verdict: NotificationVerdict,
        payment: PaymentID?, isMasked: Bool, receivedAt: Instant
    ) {
        self.id = id
        self.providerAccount = providerAccount
        self.name = name
        self.verdict = verdict
        self.payment = payment
        self.isMasked = isMasked
        self.receivedAt = receivedAt
        repeatCount = 0
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(providerAccount.text)
        columns.text(name.text)
        columns.text(verdict.rawValue)
        columns.key(payment)
        columns.boolean(isMasked)
        columns.instant(receivedAt)
        columns.integer(repeatCount)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        providerAccount = try columns.parsed("provider_account") { PathSegment($0) }
        name = try columns.parsed("name", ProviderReference.init(_:))
        verdict = try columns.named("verdict")
        payment = columns.optionalKey()
        isMasked = columns.boolean()
        receivedAt = columns.instant()
        repeatCount = columns.integer()
    }
}

/// What was made of a notification that its provider has signed. Forged ones are counted, not kept: a stranger could fill the
/// store with them.
package enum NotificationVerdict: String, Hashable, Sendable, CaseIterable {
    /// Its facts were recorded in the same commit.
    case believed
    /// Not what the provider's documentation says it sends: a person looks at it.
    case unreadable
    /// Refused: perhaps a recording, sent again by somebody else.
    case tooOld = "too_old"
    case fromTheFuture = "from_the_future"
}
