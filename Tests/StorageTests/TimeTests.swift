import Storage
import SummaTestKit
import Testing

@Suite("Time and identifiers of a book")
struct TimeTests {
    @Test("the moment is the clock's, or one microsecond after the last event when the clock is behind")
    func movesForwardOnly() throws {
        let test = try TestEngine()
        let clock = test.test.clock
        var moments: [Instant] = []
        func event() throws {
            moments.append(
                try test.write { work in
                    work.append()
                    return work.now
                })
        }
        try event()
        clock.advance(by: .seconds(1))
        try event()
        clock.advance(by: .hours(-1))
        try event()
        try event()
        clock.advance(by: .hours(2))
        try event()
        let start = ManualClock.morning
        let second = start.advanced(by: .seconds(1))
        #expect(
            moments == [
                start, second, second.advanced(by: .init(microseconds: 1)), second.advanced(by: .init(microseconds: 2)),
                start.advanced(by: .seconds(3_601)),
            ])
    }

    @Test("the moment is read when the head is locked, not when the caller came")
    func readsClockUnderLock() throws {
        let test = try TestEngine()
        let answer = test.enqueue { $0.now }
        test.test.clock.advance(by: .seconds(7))
        test.engine.runBatch()
        #expect(try answer.get() == ManualClock.morning.advanced(by: .seconds(7)))
    }

    @Test("identifiers ascend across bodies, batches, processes, and a clock that steps back an hour")
    func ascends() throws {
        let test = try TestEngine()
        var identifiers: [Int64] = []
        for round in 0..<6 {
            let draw: (inout UnitOfWork) throws -> [Int64] = { work in
                (0..<3).map { _ in work.newIdentifier(BoxNumber.self).rawValue }
            }
            let answers = (0..<3).map { _ in test.enqueue(.first, draw) }
            test.engine.runBatch()
            for answer in answers { identifiers += try answer.get() }
            identifiers += try test.test.write(.first, draw)
            test.test.clock.advance(by: round == 2 ? .hours(-1) : .seconds(1))
        }
        #expect(identifiers == identifiers.sorted())
        #expect(Set(identifiers).count == 6 * 12)
    }

    @Test("identifiers begin at the moment, above eleven bits of counter")
    func carriesTime() throws {
        let test = try TestEngine()
        let identifier = try test.write { $0.newIdentifier(BoxNumber.self) }
        #expect(identifier.rawValue >> 11 == ManualClock.morning.microseconds)
    }

    @Test("a clock beyond all reason breaks nothing", arguments: [Int64.max, Int64.min, 0, 1 << 60])
    func survivesAbsurdClock(microseconds: Int64) throws {
        let test = try TestDatabase([Box.migration], clock: ManualClock(Instant(microseconds: microseconds)))
        let first = try test.write { work in
            work.append()
            return work.newIdentifier(BoxNumber.self)
        }
        let second = try test.write { work in
            work.append()
            return work.newIdentifier(BoxNumber.self)
        }
        #expect(first.rawValue >= 0)
        #expect(second > first)
    }
}
