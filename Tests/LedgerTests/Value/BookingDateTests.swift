import Ledger
import Storage
import Testing

@Suite("A booking date")
struct BookingDateTests {
    @Test(
        "reads and writes the ISO form",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-03-31", 20_543),
            ("0000-01-01", -719_528),
            ("9999-12-31", 2_932_896),
        ])
    func text(text: String, number: Int64) throws {
        let date = try #require(BookingDate(text: text))
        #expect(Int64(date.dayNumber) == number)
        #expect(date.description == text)
        #expect(BookingDate(dayNumber: number) == date)
    }

    @Test(
        "refuses days no calendar has and any other form",
        arguments: [
            "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-1", "20260401", "2026-04-01Z",
            "2026/04/01", "+026-04-01", "",
        ])
    func refuses(text: String) {
        #expect(BookingDate(text: text) == nil)
    }

    @Test("is the day on the book's own clock")
    func zone() throws {
        let lateEvening = try #require(Instant(text: "2026-03-31T23:30:00Z"))
        #expect(BookingDate(of: lateEvening).description == "2026-03-31")
        #expect(BookingDate(of: lateEvening, offsetSeconds: 3_600).description == "2026-04-01")
        #expect(BookingDate(of: Instant(microseconds: -1)).description == "1969-12-31")
        #expect(BookingDate(of: Instant(microseconds: .max)).description == "9999-12-31")
        #expect(BookingDate(of: Instant(microseconds: .min)).description == "0000-01-01")
    }

    @Test("moves by whole days and stops at the ends of the calendar")
    func adding() throws {
        let leapDay = try #require(BookingDate(year: 2028, month: 2, day: 29))
        #expect(leapDay.adding(days: 1)?.description == "2028-03-01")
        #expect(leapDay.adding(days: -366)?.description == "2027-02-28")
        #expect(leapDay.adding(days: 1).map { $0.days(since: leapDay) } == 1)
        #expect(BookingDate(text: "9999-12-31")?.adding(days: 1) == nil)
        #expect(leapDay.adding(days: .max) == nil)
    }
}
