import EventLog
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A book opened for payments")
struct BookSettingsTests {
    private let store: TestDatabase
    private static let migrations = [MerchantSchema.migration]

    init() throws {
        store = try TestDatabase(Self.migrations)
    }

    @Test("is a test book or a live one for ever", arguments: BookMode.allCases)
    func mode(mode: BookMode) throws {
        try open(BookSettings(mode: mode))
        try open(BookSettings(mode: mode))
        #expect(try settings().mode == mode)
        #expect(try events().map(\.type) == [BookOpened.type])
        let other: BookMode = mode == .test ? .live : .test
        #expect(throws: BookRejection.alreadyOpened("book-1")) { try open(BookSettings(mode: other)) }
        #expect(throws: StorageFault.self) {
            try store.write { work in
                work.update(BookSettings(mode: other))
                work.append(PrivateTextErased.example, context: EventContext(actor: "system:test"))
            }
        }
    }

    @Test("lets merchants fall into debt only as far, and in those currencies, as it says")
    func debt() throws {
        let policy = try #require(MerchantDebtPolicy.allow([.usd(0), .eur(50_000)]))
        try open(BookSettings(mode: .test))
        #expect(try settings().merchantDebt.floor(in: .eur) == 0)
        try change(policy)
        try change(policy)
        #expect(try settings().merchantDebt.floor(in: .eur) == -50_000)
        #expect(try settings().merchantDebt.floor(in: .usd) == 0)
        #expect(try settings().merchantDebt.floor(in: .jpy) == 0)
        #expect(try events().map(\.type) == [BookOpened.type, BookChanged.type])
    }

    @Test("has no debt policy with a negative limit, or two for one currency")
    func nonsense() {
        #expect(MerchantDebtPolicy.allow([.eur(-1)]) == nil)
        #expect(MerchantDebtPolicy.allow([.eur(1), .eur(2)]) == nil)
    }

    @Test("has no policies before it is opened")
    func notOpened() throws {
        #expect(throws: BookRejection.notOpened("book-1")) { try settings() }
        #expect(throws: BookRejection.notOpened("book-1")) { try change(.refuse) }
    }

    @Test("is made again out of the log alone")
    func replays() throws {
        try open(BookSettings(mode: .live, merchantDebt: #require(.allow([.kwd(7)]))))
        try change(#require(.allow([.jpy(5), .eur(9)])))
        #expect(try differencesToReplay(of: store, Self.migrations, [MerchantReplay()]) == [])
    }

    // MARK: Steps

    private let context = EventContext(actor: "system:test")

    private func open(_ settings: BookSettings) throws {
        try store.write { [context] in
            try OpenBook.perform(.init(book: .first, settings: settings, context: context), in: &$0)
        }
    }

    private func change(_ policy: MerchantDebtPolicy) throws {
        _ = try store.write { [context] in
            try ChangeBook.perform(.init(book: .first, merchantDebt: policy, context: context), in: &$0)
        }
    }

    private func settings() throws -> BookSettings { try store.read { try BookSettings.find(in: $0) } }

    private func events() throws -> [EventDocument] {
        try store.read { try EventStore($0).events(after: 0, limit: 100) }
    }
}
