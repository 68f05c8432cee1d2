import Payments
import Testing

@Suite("What a caller says in its own words")
struct CallerTextTests {
    private let random = CountingBytes()

    @Test("has at most 500 characters of description")
    func description() throws {
        let most = String(repeating: "é", count: 500)
        #expect(try CallerText(description: most).description == most)
        #expect(throws: CallerTextRejection.descriptionTooLong(max: 500)) { try CallerText(description: most + "é") }
    }

    @Test("has at most 50 names, of 1 to 40 characters, with values of at most 500")
    func metadata() throws {
        let fifty = (1...50).map { (name: "name-\($0)", value: "") }
        #expect(try CallerText(metadata: fifty).metadata.count == 50)
        #expect(throws: CallerTextRejection.tooMany(max: 50)) { try CallerText(metadata: fifty + [("one-more", "")]) }
        let longest = (name: String(repeating: "n", count: 40), value: String(repeating: "v", count: 500))
        #expect(try CallerText(metadata: [longest]).metadata.count == 1)
        #expect(throws: CallerTextRejection.nameLength(max: 40)) {
            try CallerText(metadata: [(longest.name + "n", "")])
        }
        #expect(throws: CallerTextRejection.nameLength(max: 40)) { try CallerText(metadata: [("", "")]) }
        #expect(throws: CallerTextRejection.valueTooLong(name: "a", max: 500)) {
            try CallerText(metadata: [("a", longest.value + "v")])
        }
        #expect(throws: CallerTextRejection.duplicateName("a")) { try CallerText(metadata: [("a", "1"), ("a", "2")]) }
    }

    @Test("is the same whatever order its names came in")
    func order() throws {
        let first = try CallerText(metadata: [("a", "1"), ("b", "2")])
        #expect(try CallerText(metadata: [("b", "2"), ("a", "1")]) == first)
    }

    @Test("is kept only as far as something was said")
    func drafts() throws {
        #expect(try CallerText().drafts(random: random).isEmpty)
        #expect(try CallerText(description: "x").drafts(random: random).map(\.name) == [.description])
        let both = try CallerText(description: "x", metadata: [("order", "7")])
        #expect(both.drafts(random: random).map(\.name) == [.description, .metadata])
    }
}
