import EventLog
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("The events of reconciliation")
struct ReconciliationEventTests {
    private let catalogue = EventCatalogue(ReconciliationParts.contents)

    @Test("have the bytes they had when they were published", arguments: PublishedReconciliationEvents.all)
    func bytes(type: String, data: String) throws {
        let example = try #require(catalogue.example(of: type))
        let actor = #""data":{"actor":"key:ak_0d7w3h5k9m2qa","request":"req_0d7w3h5k9m2qb""#
        let text = try #require(String(decoding: example, as: UTF8.self).split(separator: actor, maxSplits: 1).last)
        #expect(text == data + "}}")
    }

    @Test("are all among the published bytes")
    func complete() {
        #expect(catalogue.types == PublishedReconciliationEvents.all.map(\.type).sorted())
    }

    @Test(
        "say of themselves what they write, and read it back", arguments: PublishedReconciliationEvents.all.map(\.type))
    func readBack(type: String) throws {
        let event = try EventDocument(#require(catalogue.example(of: type)))
        #expect(try catalogue.faults(in: event) == [])
        for content in ReconciliationParts.contents where content.type == type {
            try expectReadBack(content, from: event)
        }
    }

    private func expectReadBack<Content: EventContent>(_ content: Content.Type, from event: EventDocument) throws {
        let read: Content = try event.content()
        var bytes: [UInt8] = []
        read.writeDocument(id: event.id, time: event.time, context: try event.context(), to: &bytes)
        #expect(bytes == event.bytes)
    }

    @Test("have a page that says what they say")
    func page() throws {
        #expect(try EventPages.isCurrent(module: "reconciliation", contents: ReconciliationParts.contents))
    }
}
