import EventLog
import JSON
import Ledger
import Storage

/// One notification on its way into the store: whose it is, and its bytes as they may be kept.
struct NotificationArrival: Sendable {
    let book: BookID
    let account: PathSegment
    let context: EventContext
    private let body: PrivateTextDraft
    private let isMasked: Bool
    /// About how much keeping it writes.
    let byteCount: Int

    init(
        _ command: ReceiveNotification.Command, at book: BookID, from account: PathSegment, random: any RandomSource
    ) {
        self.book = book
        self.account = account
        context = EventContext(
            actor: .provider(account), request: command.request, traceparent: command.traceparent)
        let (bytes, isMasked) = Self.masked(command.body)
        body = PrivateTextDraft(.body, bytes, random: random)
        self.isMasked = isMasked
        byteCount = 1_024 + bytes.count
    }

    func expectedKey(_ name: ProviderReference, _ verdict: NotificationVerdict) -> ExpectedKey {
        .row(KeptNotification.byIdentity, KeptNotification.identity(of: name, from: account, as: verdict))
    }

    /// Whether it came before; then that is noted.
    func isRepeat(
        of name: ProviderReference, _ verdict: NotificationVerdict, in work: inout UnitOfWork
    ) throws -> Bool {
        guard let known = try NotificationStore.find(name, from: account, as: verdict, in: work) else { return false }
        NotificationStore.noteRepeat(of: known, in: &work)
        return true
    }

    /// Keeps it, and tells of it in an event.
    func keep(
        _ name: ProviderReference, _ verdict: NotificationVerdict, about payment: PaymentID?, _ texts: PrivateTextStore,
        in work: inout UnitOfWork
    ) throws {
        let kept = KeptNotification(
            id: work.newIdentifier(), providerAccount: account, name: name, verdict: verdict, payment: payment,
            isMasked: isMasked, receivedAt: work.now)
        work.insert(kept)
        try texts.putFirst([body], of: AllowedText(kept.id), in: &work)
        var journal = WorkItemJournal()
        if verdict == .unreadable {
            try WorkItemStore.open(WorkItemDraft(.unreadableNotification, of: kept.id), in: &work, journal: &journal)
        }
        if let payment { PaymentEventStore.note(payment, in: &work) }
        work.append(
            NotificationReceived(kept, body: body.hash, workItems: WorkItemMembers(journal)), context: context)
    }

    /// The bytes with every card number in them masked. A provider's own names in facts are left as they are: cut, two
    /// payments could get one name.
    private static func masked(_ body: [UInt8]) -> (bytes: [UInt8], found: Bool) {
        guard let value = try? JSONValue(parsing: body) else {
            let (text, found) = CardNumberScreen.masked(String(decoding: body, as: UTF8.self))
            return found ? (Array(text.utf8), true) : (body, false)
        }
        let (masked, found) = CardNumberScreen.masked(value)
        guard found else { return (body, false) }
        var json = JSONWriter(capacity: body.count)
        json.element(masked)
        return (json.takeBytes(), true)
    }
}

extension AllowedText {
    /// A provider as who acted.
    static func provider(_ account: PathSegment) -> AllowedText {
        guard let text = AllowedText("provider:\(account)") else {
            preconditionFailure("a segment is written in the alphabet of events")
        }
        return text
    }
}
