import EventLog
import JSON
import Ledger

package struct NotificationReceived: EventContent, Hashable {
    package static let type = "summa.notification.received"
    package static let meaning =
        "A provider sent a notification, signed by it. What it brought is told in events of its own, of the same commit."
    package static let subjectMeaning = "the notification"
    package static let fields =
        [
            EventField("provider_account", .text, "who sent it"),
            EventField("name", .text, "the provider's name of it"),
            EventField(
                "verdict", .oneOf(NotificationVerdict.allCases.map(\.rawValue)),
                "whether it was believed, and else why not"),
            EventField("body", .hash, "of its bytes, as they are kept"),
            EventField("masked", .boolean, optional: true, "that a card number in it was masked before it was kept"),
        ] + WorkItemMembers.fields
    package static let example = NotificationEventExample.received

    package let notification: NotificationID
    package let providerAccount: PathSegment
    package let name: ProviderReference
    package let verdict: NotificationVerdict
    package let body: SaltedHash
    package let isMasked: Bool
    package let workItems: WorkItemMembers

    package var subject: String { notification.description }

    init(_ kept: KeptNotification, body: SaltedHash, workItems: WorkItemMembers = WorkItemMembers()) {
        notification = kept.id
        providerAccount = kept.providerAccount
        name = kept.name
        verdict = kept.verdict
        self.body = body
        isMasked = kept.isMasked
        self.workItems = workItems
    }

    package func write(to data: inout JSONWriter) {
        data.field("provider_account", providerAccount.text)
        data.field("name", name.text)
        data.field("verdict", verdict.rawValue)
        data.field("body", body.description)
        if isMasked { data.field("masked", true) }
        workItems.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        notification = try NotificationID(subject: subject)
        providerAccount = try data.logged("provider_account") { PathSegment($0) }
        name = try data.logged("name", ProviderReference.init(_:))
        verdict = try data.logged("verdict", NotificationVerdict.init(rawValue:))
        body = try data.logged("body", SaltedHash.init(text:))
        isMasked = try data.optionalBool("masked") ?? false
        workItems = try WorkItemMembers(from: &data)
    }
}

private enum NotificationEventExample {
    static var received: NotificationReceived {
        guard let account = PathSegment("sandbox"), let name = ProviderReference("evt_0d7w3h5k9m2qa"),
            let salt = SaltedHash.Salt([UInt8](repeating: 1, count: SaltedHash.Salt.byteCount))
        else { preconditionFailure("the example's words are words") }
        let kept = KeptNotification(
            id: NotificationID(rawValue: 1 << 61), providerAccount: account, name: name, verdict: .believed,
            payment: nil, isMasked: true, receivedAt: .init(microseconds: 1_774_945_364_123_456))
        return NotificationReceived(kept, body: SaltedHash(of: "{}".utf8, salt: salt))
    }
}
