import EventLog
import Payments
import SummaTestKit
import Testing

@Suite("The events of work items")
struct WorkItemEventTests {
    private let catalogue = EventCatalogue([WorkItemResolved.self])

    @Test("have the bytes they had when they were published, and read them back")
    func bytes() throws {
        let example = try #require(catalogue.example(of: WorkItemResolved.type))
        #expect(String(decoding: example, as: UTF8.self).hasSuffix(#","resolution":"settled"}}"#))
        let event = try EventDocument(example)
        #expect(try catalogue.faults(in: event) == [])
        #expect(try event.content() == WorkItemResolved.example)
    }

    @Test("have a page that says what they say")
    func page() throws {
        #expect(try EventPages.isCurrent(module: "work_item", contents: [WorkItemResolved.self]))
    }

    @Test("know a kind for every alarm of a fact, each under its own name")
    func kinds() {
        for alarm in FactAlarm.allCases { #expect(WorkItemKind(alarm).rawValue == alarm.rawValue) }
    }
}
