import Storage
import Testing

@Suite("The watch over the wall clock")
struct ClockWatchTests {
    private let start = Instant(microseconds: 1_774_944_000_000_000)

    private func watch() -> ClockWatch {
        ClockWatch(wall: start, monotonic: .seconds(100))
    }

    /// Both clocks, some seconds after the start, the wall clock off by so many microseconds.
    private func observe(
        _ watch: inout ClockWatch, after seconds: Int64, offBy microseconds: Int64, lastEvent: Instant? = nil
    ) -> ClockWatch.Change? {
        watch.observe(
            wall: start.advanced(by: .seconds(seconds)).advanced(by: .init(microseconds: microseconds)),
            monotonic: .seconds(100 + seconds), lastEvent: lastEvent)
    }

    @Test("lets things expire while the clocks agree, to the minute", arguments: [0, 60_000_000, -60_000_000])
    func allowsSmallDifference(microseconds: Int64) {
        var watch = watch()
        #expect(observe(&watch, after: 3_600, offBy: microseconds) == nil)
        #expect(watch.allowsExpiring)
    }

    @Test("stops expiring one microsecond beyond", arguments: [60_000_001, -60_000_001, 86_400_000_000])
    func stopsBeyond(microseconds: Int64) {
        var watch = watch()
        let jump = ClockWatch.Jump.againstMonotonic(.init(microseconds: microseconds))
        #expect(observe(&watch, after: 10, offBy: microseconds) == .began(jump))
        #expect(!watch.allowsExpiring)
        // Told once, while it lasts.
        #expect(observe(&watch, after: 20, offBy: microseconds) == nil)
        #expect(!watch.allowsExpiring)
    }

    @Test("goes on when the clock agrees again")
    func goesOnWhenItAgrees() {
        var watch = watch()
        _ = observe(&watch, after: 10, offBy: 3_600_000_000)
        #expect(observe(&watch, after: 20, offBy: 0) == .ended)
        #expect(watch.allowsExpiring)
    }

    @Test("is not walked away by small steps")
    func addsUpSmallSteps() {
        var watch = watch()
        var changes: [ClockWatch.Change] = []
        for step in Int64(1)...5 {
            if let change = observe(&watch, after: step, offBy: step * 20_000_000) { changes.append(change) }
        }
        #expect(changes == [.began(.againstMonotonic(.seconds(80)))])
    }

    @Test("believes a person, and from then on the clock as it is")
    func believesPerson() {
        var watch = watch()
        _ = observe(&watch, after: 10, offBy: 3_600_000_000)
        let wall = start.advanced(by: .seconds(3_611))
        #expect(watch.confirm(wall: wall, monotonic: .seconds(111)) == .ended)
        #expect(observe(&watch, after: 20, offBy: 3_600_000_000) == nil)
        #expect(watch.allowsExpiring)
        #expect(observe(&watch, after: 30, offBy: 0) == .began(.againstMonotonic(.seconds(-3_600))))
    }

    @Test(
        "stops expiring when the clock is more than a minute behind the last event",
        arguments: [(60, true), (61, false)])
    func looksAtLastEvent(seconds: Int64, allows: Bool) {
        var watch = watch()
        let change = observe(&watch, after: 0, offBy: 0, lastEvent: start.advanced(by: .seconds(seconds)))
        #expect(watch.allowsExpiring == allows)
        #expect(change == (allows ? nil : .began(.behindLastEvent(.seconds(seconds)))))
    }

    @Test("thinks nothing of a book that was long quiet, or has no event")
    func allowsQuietBook() {
        var watch = watch()
        #expect(observe(&watch, after: 0, offBy: 0, lastEvent: start.advanced(by: .days(-400))) == nil)
        #expect(observe(&watch, after: 1, offBy: 0, lastEvent: nil) == nil)
        #expect(watch.allowsExpiring)
    }

    @Test("lets a person overrule events of the future until the clock has caught up with them, and no longer")
    func overrulesFutureEvents() {
        var watch = watch()
        let future = start.advanced(by: .hours(1))
        _ = observe(&watch, after: 0, offBy: 0, lastEvent: future)
        #expect(watch.confirm(wall: start, monotonic: .seconds(100)) == .ended)
        #expect(observe(&watch, after: 10, offBy: 0, lastEvent: future) == nil)
        #expect(observe(&watch, after: 3_600, offBy: 0, lastEvent: future) == nil)
        let later = start.advanced(by: .hours(9))
        #expect(observe(&watch, after: 3_610, offBy: 0, lastEvent: later) != nil)
    }

    @Test("survives clocks beyond all reason", arguments: [Int64.max, Int64.min, 0])
    func survivesAbsurdClocks(microseconds: Int64) {
        var watch = ClockWatch(
            wall: Instant(microseconds: microseconds), monotonic: .init(microseconds: .min))
        _ = watch.observe(
            wall: Instant(microseconds: .min), monotonic: .init(microseconds: .max),
            lastEvent: Instant(microseconds: .max))
        #expect(!watch.allowsExpiring)
    }
}
