import EventLog
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("The events of reconciliation")
struct ReconciliationEventTests {
    private let events = PublishedEvents(ReconciliationParts.contents)

    @Test("have the bytes they had when they were published", arguments: PublishedReconciliationEvents.all)
    func bytes(type: String, data: String) {
        #expect(events.data(of: type) == data)
    }

    @Test("are all among the published bytes")
    func complete() {
        #expect(events.types == PublishedReconciliationEvents.all.map(\.type).sorted())
    }

    @Test(
        "say of themselves what they write, and read it back", arguments: PublishedReconciliationEvents.all.map(\.type))
    func readBack(type: String) throws {
        #expect(try events.faults(of: type) == [])
    }

    @Test("have a page that says what they say")
    func page() throws {
        #expect(try EventPages.isCurrent(module: "reconciliation", contents: ReconciliationParts.contents))
    }
}
