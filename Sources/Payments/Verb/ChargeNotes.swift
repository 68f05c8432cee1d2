import EventLog
import JSON
import Storage

/// What a caller says of a charge in their own words. Kept beside the log; the event holds salted hashes.
struct ChargeNotes: Sendable {
    let description: PrivateTextDraft?
    let metadata: PrivateTextDraft?

    init(_ command: CreateCharge.Command, random: some RandomSource) {
        description = command.description.map { PrivateTextDraft(.description, $0, random: random) }
        metadata = ChargeNotes.text(of: command.metadata).map { PrivateTextDraft(.metadata, $0, random: random) }
    }

    func put(of payment: PaymentID, into texts: PrivateTextStore, in work: inout UnitOfWork) throws {
        try texts.putFirst([description, metadata].compactMap(\.self), of: AllowedText(payment), in: &work)
    }

    /// One JSON object, in the caller's order.
    private static func text(of metadata: [(name: String, value: String)]) -> [UInt8]? {
        guard !metadata.isEmpty else { return nil }
        var text = JSONWriter(capacity: 256)
        text.beginObject()
        for (name, value) in metadata { text.field(named: name, value) }
        text.endObject()
        return text.takeBytes()
    }
}
