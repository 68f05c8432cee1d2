import EventLog

/// What every module's event types are asked by their tests: that they still write the bytes they were published with, that
/// they say of themselves what they write, and that they read it back.
package struct PublishedEvents: Sendable {
    private let contents: [any EventContent.Type]
    private let catalogue: EventCatalogue

    package init(_ contents: [any EventContent.Type]) {
        self.contents = contents
        catalogue = EventCatalogue(contents)
    }

    package var types: [String] { catalogue.types }

    /// What stands in an example's `data` behind the context; nil when there is no such type.
    package func data(of type: String) -> String? {
        let context = #""data":{"actor":"key:ak_0d7w3h5k9m2qa","request":"req_0d7w3h5k9m2qb""#
        guard let example = catalogue.example(of: type),
            let text = String(decoding: example, as: UTF8.self).split(separator: context, maxSplits: 1).last,
            text.hasSuffix("}}")
        else { return nil }
        return String(text.dropLast(2))
    }

    /// What is wrong with an example: with what it says of itself, or because reading and writing it gives other bytes.
    package func faults(of type: String) throws -> [String] {
        guard let example = catalogue.example(of: type) else { return ["\(type) has no example"] }
        let event = try EventDocument(example)
        var faults = try catalogue.faults(in: event).map { "\($0)" }
        for content in contents where content.type == type {
            if try Self.written(content, again: event) != event.bytes { faults.append("\(type) is not read back") }
        }
        return faults
    }

    private static func written<Content: EventContent>(
        _: Content.Type, again event: EventDocument
    ) throws -> [UInt8] {
        let read: Content = try event.content()
        var bytes: [UInt8] = []
        read.writeDocument(id: event.id, time: event.time, context: try event.context(), to: &bytes)
        return bytes
    }
}
