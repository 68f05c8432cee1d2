import EventLog
import Payments
import SummaTestKit
import Testing

@Suite("The events of payments")
struct PaymentEventTests {
    private let events = PublishedEvents(PaymentEvents.contents)

    @Test("have the bytes they had when they were published", arguments: PublishedPaymentEvents.all)
    func bytes(type: String, data: String) {
        #expect(events.data(of: type) == "," + data)
    }

    @Test("are all among the published bytes")
    func complete() {
        #expect(events.types == PublishedPaymentEvents.all.map(\.type).sorted())
    }

    @Test("say of themselves what they write, and read it back", arguments: PublishedPaymentEvents.all.map(\.type))
    func readBack(type: String) throws {
        #expect(try events.faults(of: type) == [])
    }

    @Test("have a page that says what they say")
    func page() throws {
        #expect(try EventPages.isCurrent(module: "payments", contents: PaymentEvents.contents))
    }
}
