import EventLog
import JSON
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A work item")
struct WorkItemTests {
    private let store: TestDatabase
    private let payment = PaymentID(rawValue: 7)
    private static let migrations = [WorkItemSchema.migration]

    init() throws {
        store = try TestDatabase(Self.migrations)
    }

    @Test("is opened by what finds it, and told in that event with its age and next action")
    func opens() throws {
        let item = try #require(try find(WorkItemDraft(.conflicted, of: payment, amount: .kwd(12_345))).first)
        store.clock.advance(by: .hours(3))

        let stored = try page(.open)
        #expect(stored == [item])
        #expect(stored.first?.amount == .kwd(12_345))
        #expect(stored.first?.subject.text == payment.description)
        #expect(stored.first?.nextAction == .compareWithProvider)
        #expect(stored.first?.age(at: store.clock.now) == .hours(3))
        let told = try #require(try events().map { try WorkItemMembers(of: $0).opened }.first)
        #expect(told == [OpenedWorkItem(item)])
    }

    @Test("is not opened a second time while it is open, and the second finder tells nothing")
    func opensOnce() throws {
        let first = try find(WorkItemDraft(.conflicted, of: payment))
        let second = try find(WorkItemDraft(.conflicted, of: payment))
        #expect(first.count == 1)
        #expect(second == [])
        #expect(try page(.open).count == 1)
    }

    @Test("stands beside one of another kind, and beside one of another subject")
    func standsApart() throws {
        _ = try find(
            WorkItemDraft(.conflicted, of: payment), WorkItemDraft(.dispute, of: payment),
            WorkItemDraft(.conflicted, of: PaymentID(rawValue: 8)))
        #expect(try page(.open).map(\.kind) == [.conflicted, .dispute, .conflicted])
        #expect(try store.read { try WorkItemStore.openCounts(in: $0) } == [.conflicted: 2, .dispute: 1])
    }

    @Test("is opened anew once it was resolved: the trouble came back")
    func reopens() throws {
        let first = try #require(try find(WorkItemDraft(.conflicted, of: payment)).first)
        try resolve(first.id, as: .done)
        let second = try #require(try find(WorkItemDraft(.conflicted, of: payment)).first)
        #expect(second.id != first.id)
        #expect(try page(.open) == [second])
        #expect(try page(.resolved).map(\.id) == [first.id])
    }

    @Test("ends once, with who ended it in the log")
    func endsOnce() throws {
        let item = try #require(try find(WorkItemDraft(.inquiry, of: payment)).first)
        store.clock.advance(by: .minutes(1))
        try resolve(item.id, as: .dismissed)
        try resolve(item.id, as: .dismissed)
        #expect(throws: WorkItemRejection.alreadyResolved(item.id, .dismissed)) { try resolve(item.id, as: .done) }

        let event = try #require(try events().last)
        #expect(try event.content() == WorkItemResolved(item: item.id, resolution: .dismissed))
        #expect(try event.context().actor == "principal:anna")
        #expect(try events().count == 2)
        #expect(try page(.resolved).first?.resolvedAt == event.time)
    }

    @Test("that nobody opened is not resolved")
    func unknown() throws {
        let nobody = WorkItemID(rawValue: 99)
        #expect(throws: WorkItemRejection.unknownWorkItem(nobody)) { try resolve(nobody, as: .done) }
        #expect(try events().isEmpty)
    }

    @Test("is listed oldest first, page by page, and by its kind")
    func pages() throws {
        for number in 1...5 {
            _ = try find(WorkItemDraft(number == 3 ? .break : .dispute, of: PaymentID(rawValue: Int64(number))))
        }
        let first = try page(.open, limit: 2)
        let second = try page(.open, after: first.last?.id, limit: 2)
        let third = try page(.open, after: second.last?.id, limit: 2)
        #expect((first + second + third).map(\.subject) == (1...5).map { AllowedText(PaymentID(rawValue: $0)) })
        #expect(try page(.open, kind: .break).map(\.subject) == [AllowedText(PaymentID(rawValue: 3))])
        #expect(try page(.open, subject: AllowedText(PaymentID(rawValue: 5))).count == 1)
    }

    @Test("is refused by the database when it is the second open one of its kind and subject")
    func databaseRefuses() throws {
        let item = try #require(try find(WorkItemDraft(.conflicted, of: payment)).first)
        #expect(throws: StorageFault.self) {
            try store.write { work in
                let twin = WorkItemDraft(item.kind, of: item.subject, nextAction: .claim)
                work.insert(WorkItem(twin, id: work.newIdentifier(), openedAt: work.now))
                work.append(
                    SomethingFound(workItems: WorkItemMembers()), context: EventContext(actor: "system:test"))
            }
        }
    }

    @Test("is made again out of the log alone")
    func replays() throws {
        let opened = try find(
            WorkItemDraft(.lateSuccess, of: payment, amount: .jpy(500)),
            WorkItemDraft(.break, of: payment, nextAction: .claim))
        try resolve(opened[0].id, as: .adjusted)
        #expect(try differencesToReplay(of: store, Self.migrations, [WorkItemReplay()]) == [])
    }

    // MARK: Steps

    /// One unit of work that finds these, and its event. Answers what was opened.
    private func find(_ drafts: WorkItemDraft...) throws -> [WorkItem] {
        try store.write { work in
            var journal = WorkItemJournal()
            for draft in drafts { try WorkItemStore.open(draft, in: &work, journal: &journal) }
            work.append(
                SomethingFound(workItems: WorkItemMembers(journal)), context: EventContext(actor: "system:test"))
            return journal.opened
        }
    }

    private func resolve(_ item: WorkItemID, as resolution: WorkItemResolution) throws {
        try store.write { work in
            _ = try ResolveWorkItem.perform(
                .init(
                    book: .first, item: item, resolution: resolution, context: EventContext(actor: "principal:anna")),
                in: &work)
        }
    }

    private func page(
        _ state: WorkItemState, kind: WorkItemKind? = nil, subject: AllowedText? = nil, after: WorkItemID? = nil,
        limit: Int = 100
    ) throws -> [WorkItem] {
        try store.read {
            try WorkItemStore.page(state, kind: kind, subject: subject, after: after, limit: limit, in: $0)
        }
    }

    private func events() throws -> [EventDocument] {
        try store.read { try EventStore($0).events(after: 0, limit: 100) }
    }
}

/// Any event that tells why work items were opened.
private struct SomethingFound: EventContent {
    static let type = "summa.test.found"
    static let meaning = "Something was found."
    static let subjectMeaning = "nothing"
    static let fields = WorkItemMembers.fields
    static var example: SomethingFound { SomethingFound(workItems: WorkItemMembers()) }

    let workItems: WorkItemMembers
    var subject: String { "test" }

    init(workItems: WorkItemMembers) { self.workItems = workItems }
    func write(to data: inout JSONWriter) { workItems.write(to: &data) }
    init(subject: String, from data: inout JSONFields) throws { workItems = try WorkItemMembers(from: &data) }
}
