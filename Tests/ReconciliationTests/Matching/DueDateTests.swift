import Ledger
import Storage
import Testing

@testable import Reconciliation

@Suite("When a movement is due in a file")
struct DueDateTests {
    private static let day = BookingDate(year: 2026, month: 3, day: 31)!

    private func moment(_ time: String) throws -> Instant {
        try #require(Instant(text: "2026-03-31T\(time)Z"))
    }

    @Test(
        "is on its own day up to the cut-off, and on the next after it",
        arguments: [("00:00:00", 31), ("23:50:00", 31), ("23:50:00.000001", 1), ("23:59:59.999999", 1)])
    func cutOff(time: String, day: Int) throws {
        let cutOff = try #require(CutOff(secondOfDay: 23 * 3_600 + 50 * 60))
        let expected = BookingDate(year: 2026, month: day == 31 ? 3 : 4, day: day)
        #expect(cutOff.businessDay(of: try moment(time)) == expected)
    }

    @Test("ends with its last moment, and not a microsecond later", arguments: [86_400, 23 * 3_600 + 50 * 60, 1])
    func lastMoment(second: Int64) throws {
        let due = Due(date: Self.day, coversUntil: nil, cutOff: try #require(CutOff(secondOfDay: second)))
        #expect(due.includes(due.lastMoment))
        #expect(!due.includes(due.lastMoment.advanced(by: .init(microseconds: 1))))
        let stated = try moment("10:00:00")
        #expect(Due(date: Self.day, coversUntil: stated, cutOff: .midnight).lastMoment == stated)
    }

    @Test("midnight as a cut-off keeps a day whole, also before 1970")
    func midnight() throws {
        #expect(CutOff.midnight.businessDay(of: try moment("23:59:59.999999")) == Self.day)
        #expect(
            CutOff.midnight.businessDay(of: Instant(microseconds: -1)) == BookingDate(year: 1969, month: 12, day: 31))
    }

    @Test("follows the file's own word where it has one")
    func coverage() throws {
        let covered = Due(date: Self.day, coversUntil: try moment("12:00:00"), cutOff: .midnight)
        #expect(covered.includes(try moment("12:00:00")))
        #expect(!covered.includes(try moment("12:00:00.000001")))
        let byDay = Due(date: Self.day, coversUntil: nil, cutOff: .midnight)
        #expect(byDay.includes(try moment("12:00:00.000001")))
        #expect(!byDay.includes(try #require(Instant(text: "2026-04-01T00:00:00Z"))))
    }

    @Test("has a cut-off within a day")
    func bounds() {
        #expect(CutOff(secondOfDay: 0) == nil && CutOff(secondOfDay: 1) != nil)
        #expect(CutOff(secondOfDay: 86_400) == .midnight && CutOff(secondOfDay: 86_401) == nil)
    }
}
