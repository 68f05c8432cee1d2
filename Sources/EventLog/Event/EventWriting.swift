import JSON
import Storage

/// Writing events: a CloudEvents 1.0 document in structured JSON, always in the same order and without white space.
extension EventContent {
    /// Appends the exact bytes of this event to `bytes`.
    package func writeDocument(id: EventID, time: Instant, context: EventContext, to bytes: inout [UInt8]) {
        var document = JSONWriter(capacity: 1024)
        document.beginObject()
        document.field("specversion", EventDocument.specVersion)
        document.field("id", id)
        document.beginText("source")
        document.add(plain: "/books/")
        document.add(id.book)
        document.endText()
        document.field("type", Self.type)
        document.field("subject", subject)
        document.beginText("time")
        document.add(upTo: Instant.textByteCount, time.writeText(to:))
        document.endText()
        document.beginText("sequence")
        document.add(upTo: EventID.sequenceDigitCount, id.writePaddedSequence(to:))
        document.endText()
        document.field("traceparent", ifPresent: context.traceparent?.description)
        document.beginObject("data")
        document.field("actor", context.actor.text)
        document.field("request", ifPresent: context.request?.text)
        document.field("reason", ifPresent: context.reason?.text)
        write(to: &document)
        document.endObject()
        document.endObject()
        document.withBytes { bytes.append(contentsOf: $0) }
    }
}

extension JSONWriter {
    fileprivate mutating func field(_ name: StaticString, _ id: EventID) {
        beginText(name)
        add(id.book)
        add(plain: "/")
        add(id.epoch)
        add(plain: "/")
        add(id.sequence)
        endText()
    }
}

extension UnitOfWork {
    /// Appends an event to the book's log, in the same commit as everything else this unit of work does.
    /// Answers its sequence.
    @discardableResult
    package mutating func append(_ content: some EventContent, context: EventContext) -> Int64 {
        let id = EventID(book: bookName, epoch: epoch, sequence: nextSequence)
        let time = now
        return appendEntry { bytes in content.writeDocument(id: id, time: time, context: context, to: &bytes) }
    }
}
