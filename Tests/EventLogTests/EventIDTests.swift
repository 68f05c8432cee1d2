import EventLog
import Testing

@Suite("The name of an event")
struct EventIDTests {
    @Test("is book, epoch and sequence, and is read back")
    func roundTrip() {
        let id = EventID(book: "main", epoch: 2, sequence: 17)
        #expect(id.description == "main/2/17")
        #expect(EventID(text: "main/2/17") == id)
        #expect(id.source == "/books/main")
        #expect(id.origin == "summa/main/2")
        #expect(LogOrigin(text: "summa/main/2") == LogOrigin(book: "main", epoch: 2))
    }

    @Test(
        "has one spelling",
        arguments: [
            "", "main", "main/1", "main/1/1/1", "/1/1", "main/01/1", "main/1/01", "main/0/1", "main/1/0", "main/1/-1",
            "main/1/+1", "main/1/9223372036854775808", "main//1",
        ])
    func refused(text: String) {
        #expect(EventID(text: text) == nil)
    }

    @Test("takes the largest sequence there is")
    func largest() {
        #expect(EventID(text: "main/1/9223372036854775807")?.sequence == .max)
        #expect(EventID(book: "b", epoch: 1, sequence: .max).paddedSequence == "9223372036854775807")
    }

    @Test(
        "has a sequence that sorts as text as it does as a number",
        arguments: [(9, 10), (99, 100), (1, Int64.max)] as [(Int64, Int64)])
    func sorts(smaller: Int64, larger: Int64) {
        let texts = [larger, smaller].map { EventID(book: "b", epoch: 1, sequence: $0).paddedSequence }
        #expect(texts[1] < texts[0])
        #expect(texts.allSatisfy { $0.utf8.count == 19 })
    }

    @Test(
        "gives an origin that is read strictly",
        arguments: ["", "summa/main", "summa/main/0", "other/main/1", "summa/a/b/1"])
    func refusedOrigins(text: String) {
        #expect(LogOrigin(text: text) == nil)
    }
}
