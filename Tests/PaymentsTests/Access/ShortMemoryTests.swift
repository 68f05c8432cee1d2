import Storage
import SummaTestKit
import Testing

@testable import Payments

@Suite("What was read a moment ago")
struct ShortMemoryTests {
    private let clock = ManualClock()

    private func memory(capacity: Int = 2) -> ShortMemory<String, Int> {
        ShortMemory(for: .seconds(5), capacity: capacity, clock: clock)
    }

    @Test("is remembered until its time is over, the last moment excluded, and not while the clock stands before it")
    func freshness() throws {
        let memory = memory()
        #expect(memory.value("a") { 1 } == 1)
        clock.advance(by: .init(microseconds: 4_999_999))
        #expect(memory.value("a") { 2 } == 1)
        clock.advance(by: .init(microseconds: 1))
        #expect(memory.value("a") { 2 } == 2)
        clock.advance(by: .init(microseconds: -1))
        #expect(memory.value("a") { 3 } == 3)
    }

    @Test("is read again when it was forgotten, also while it was being read")
    func forgetting() {
        let memory = memory()
        #expect(memory.value("a") { 1 } == 1)
        memory.forget("a")
        let read = memory.value("a") {
            memory.forget("a")
            return 2
        }
        #expect(read == 2)
        #expect(memory.value("a") { 3 } == 3)
        #expect(memory.value("a") { 4 } == 3)
    }

    @Test("is not that something is not there, nor a read that failed")
    func nothing() {
        struct Unread: Error {}
        let memory = memory()
        #expect(memory.value("a") { nil } == nil)
        #expect(throws: Unread.self) { try memory.value("a") { throw Unread() } }
        #expect(memory.value("a") { 1 } == 1)
    }

    @Test("takes no more than it may: full, it begins anew")
    func capacity() {
        let memory = memory(capacity: 2)
        for (number, key) in ["a", "b", "c"].enumerated() { #expect(memory.value(key) { number } == number) }
        #expect(memory.value("c") { 9 } == 2)
        #expect(memory.value("a") { 9 } == 9)
    }
}
