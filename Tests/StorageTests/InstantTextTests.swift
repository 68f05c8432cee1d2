import Storage
import Testing

@Suite("The text of moments")
struct InstantTextTests {
    @Test(
        "is read and written again at both ends of what four digits of a year can say",
        arguments: [
            "0000-01-01T00:00:00.000000Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z",
        ])
    func ends(text: String) throws {
        #expect(try #require(Instant(text: text)).description == text)
    }

    @Test(
        "is refused where its offset carries it out of those years, for it could not be written again",
        arguments: [
            "0000-01-01T00:00:00+00:01", "0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59-00:01",
            "9999-12-31T23:59:59-23:59",
        ])
    func outside(text: String) {
        #expect(Instant(text: text) == nil)
    }

    @Test("may have an offset that stays within them")
    func offset() throws {
        #expect(try #require(Instant(text: "0000-01-01T00:01:00+00:01")).description == "0000-01-01T00:00:00.000000Z")
        #expect(try #require(Instant(text: "2026-03-31T08:22:44.5+02:00")).description == "2026-03-31T06:22:44.500000Z")
    }
}
