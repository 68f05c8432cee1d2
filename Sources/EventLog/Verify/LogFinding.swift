/// Something wrong with a log, and where.
package enum LogFinding: Error, Hashable, Sendable {
    /// The file does not begin with the header of an exported log.
    case noHeader
    /// A line that cannot be read, after the event of that sequence.
    case unreadableLine(after: Int64)
    /// The bytes in the place of this event are not an event.
    case notAnEvent(Int64, EventRejection)
    /// Another event stands in the place of this one: there is a gap, or two were swapped.
    case otherEvent(Int64, found: String)
    /// Events the head or header counts are not there.
    case missingEvents(ClosedRange<Int64>)
    /// There are more events than the head or header counts.
    case surplusEvents(after: Int64)
    /// It was recorded before the event before it, or in an earlier epoch.
    case wentBack(Int64)
    /// It begins an epoch without telling where the one before was cut.
    case cutNotTold(Int64)
    /// Among these events is one whose bytes are not those that were hashed when it was recorded.
    case eventsChanged(ClosedRange<Int64>)
    /// The stored hash over these events is missing, or not that of the hashes below it.
    case tileChanged(level: Int, ClosedRange<Int64>)
    /// The head's tree is not that of the events.
    case headDisagrees
    /// Among these events is one that is not what a signed checkpoint says, however well the rest agrees.
    case notWhatWasSigned(ClosedRange<Int64>)
    /// A checkpoint that no trusted key signed, or that is none.
    case checkpointNotBelieved(after: Int64)
    /// A checkpoint of another log, or of another size than where it stands.
    case checkpointMisplaced(after: Int64)
    /// A checkpoint was signed for more events than there are, or for a later epoch: the log was cut.
    case cutBelowCheckpoint(size: UInt64)
    /// No checkpoint signs these events, which proves nothing against them.
    case notSigned(ClosedRange<Int64>)
}

extension LogFinding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noHeader: "the file does not begin with the header of an exported log"
        case .unreadableLine(let sequence): "the line after event \(sequence) cannot be read"
        case .notAnEvent(let sequence, let cause): "event \(sequence) is not an event: \(cause)"
        case .otherEvent(let sequence, let found): "in the place of event \(sequence) stands \(found)"
        case .missingEvents(let events): "\(Self.text(events)) missing"
        case .surplusEvents(let sequence): "there are events after \(sequence), the last one that is counted"
        case .wentBack(let sequence): "event \(sequence) is earlier than the one before it"
        case .cutNotTold(let sequence):
            "event \(sequence) begins an epoch and does not tell where the log was cut"
        case .eventsChanged(let events): "\(Self.text(events)) changed: the bytes do not hash to what was recorded"
        case .tileChanged(let level, let events): "the stored hash of level \(level) over \(Self.text(events)) is wrong"
        case .headDisagrees: "the head's tree is not that of the events"
        case .notWhatWasSigned(let events): "\(Self.text(events)) not what a signed checkpoint says"
        case .checkpointNotBelieved(let sequence): "no trusted key signed the checkpoint after event \(sequence)"
        case .checkpointMisplaced(let sequence): "the checkpoint after event \(sequence) is of another log or size"
        case .cutBelowCheckpoint(let size): "a checkpoint was signed for \(size) events, more than there are"
        case .notSigned(let events): "\(Self.text(events)) not covered by a signed checkpoint"
        }
    }

    /// The events after the last one that is known to be right, up to `last`, which is at least 1.
    static func events(after agreed: Int64, upTo last: Int64) -> ClosedRange<Int64> {
        min(agreed, last - 1) + 1...last
    }

    private static func text(_ events: ClosedRange<Int64>) -> String {
        events.count == 1
            ? "event \(events.lowerBound)" : "one or more of events \(events.lowerBound) to \(events.upperBound)"
    }
}
