import EventLog
import Storage
import SummaTestKit
import Synchronization
import Testing

@testable import Delivery

@Suite("The relay")
struct RelayTests {
    private let store: TestDatabase
    private let published = PublishedEvents()

    init() throws {
        store = try TestDatabase([DeliverySchema.migration], books: [.first, .second], runsOwnThread: true)
    }

    @Test("passes every event on, in order, with its exact bytes, and each once as long as nothing fails")
    func inOrder() async throws {
        for word in ["one", "two", "three"] { try await append(word) }
        try await append("other", to: .second)
        while try await relay(pageCount: 2).step() {}
        #expect(published.texts(of: .first) == ["one", "two", "three"])
        #expect(published.texts(of: .second) == ["other"])
        #expect(try await relay().step() == false)
        #expect(published.all.count == 4)
        #expect(try relay().backlog(of: .first) == 0)
    }

    @Test("passes a page on again when it does not know whether it arrived")
    func atLeastOnce() async throws {
        for word in ["one", "two"] { try await append(word) }
        published.failNext()
        await #expect(throws: PublishedEvents.Lost.self) { try await relay().step() }
        #expect(try relay().backlog(of: .first) == 2)
        _ = try await relay().step()
        #expect(published.texts(of: .first) == ["one", "two", "one", "two"])
    }

    @Test("goes on from where it was, after the process was started anew")
    func restart() async throws {
        try await append("one")
        _ = try await relay().step()
        try store.reopen()
        try await append("two")
        _ = try await relay().step()
        #expect(published.texts(of: .first) == ["one", "two"])
    }

    @Test(
        "keeps restricted logs and the installation's to itself, whatever they are called",
        arguments: [
            (BookID.system, "main"), (BookID.first.restricted, "third"), (BookID.first.restricted, "a.restricted"),
        ])
    func restricted(closed: BookID, name: String) async throws {
        try await store.database.createBook(closed, named: name)
        try await append("secret", to: closed)
        _ = try await relay().step()
        #expect(published.all.isEmpty)
    }

    @Test("passes a tenant's log on, whatever the tenant calls itself", arguments: ["system", "acme.restricted"])
    func named(name: String) async throws {
        let book = BookID(rawValue: 7)
        try await store.database.createBook(book, named: name)
        try await append("theirs", to: book)
        _ = try await relay().step()
        #expect(published.texts(of: book) == ["theirs"])
    }

    @Test("wakes the workers of this process, which carries nothing itself")
    func wakes() async throws {
        let bell = Doorbell()
        try await append("one")
        _ = try await Relay(from: store.database, to: InProcessPublisher(waking: [bell])).step()
        // A ring that came before is kept, so this returns at once.
        await bell.wait(atMost: .hours(1), WallSleeper())
    }

    private func relay(pageCount: Int = 500) -> Relay {
        Relay(from: store.database, to: published, pageCount: pageCount)
    }

    private func append(_ word: String, to book: BookID = .first) async throws {
        _ = try await store.database.write(book) { work in work.appendEntry { $0 += Array(word.utf8) } }
    }
}

extension BookID {
    static let second = BookID(rawValue: 2)
}

/// A broker that keeps what it was given, and may lose its answer.
final class PublishedEvents: EventPublisher {
    private let state = Mutex<(events: [LoggedEvent], fails: Bool)>(([], false))

    struct Lost: Error {}

    var all: [LoggedEvent] { state.withLock { $0.events } }

    func texts(of book: BookID) -> [String] {
        all.filter { $0.book == book }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    func failNext() { state.withLock { $0.fails = true } }

    func publish(_ events: [LoggedEvent]) async throws {
        let fails = state.withLock { state in
            defer { state.fails = false }
            state.events += events
            return state.fails
        }
        if fails { throw Lost() }
    }
}

struct WallSleeper: Sleeper {
    func sleep(for span: Instant.Span) async throws { try await Task.sleep(for: .microseconds(span.microseconds)) }
}
