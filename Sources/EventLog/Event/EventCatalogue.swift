import Storage

/// All types of event there are, and the pages that publish them.
package struct EventCatalogue: Sendable {
    let schemas: [String: EventSchema]
    /// The exact bytes of one event of each type.
    let examples: [String: [UInt8]]

    /// Two contents of one type are a bug.
    package init(_ contents: [any EventContent.Type]) {
        schemas = Dictionary(uniqueKeysWithValues: contents.map { ($0.type, EventSchema($0)) })
        examples = Dictionary(uniqueKeysWithValues: contents.map { ($0.type, Self.exampleBytes(of: $0)) })
    }

    package var types: [String] { schemas.keys.sorted() }

    package func schema(of type: String) -> EventSchema? { schemas[type] }

    package func example(of type: String) -> [UInt8]? { examples[type] }

    /// What is wrong with an event, compared with what is published; empty when nothing is.
    package func faults(in event: EventDocument) throws -> [String] {
        guard let schema = schemas[event.type] else { return ["\(event.type) is not published"] }
        return schema.faults(in: try event.data())
    }

    private static func exampleBytes<Content: EventContent>(of content: Content.Type) -> [UInt8] {
        var bytes: [UInt8] = []
        content.example.writeDocument(
            id: EventID(book: "main", epoch: 1, sequence: 42), time: Instant(microseconds: 1_774_945_364_123_456),
            context: EventContext(actor: "key:ak_0d7w3h5k9m2qa", request: "req_0d7w3h5k9m2qb"), to: &bytes)
        return bytes
    }
}
