import JSON
import Testing

@Suite("A member named twice")
struct DuplicateMemberTests {
    private func error(in text: String) -> JSONError? {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    @Test("is refused with its name, path and place")
    func isNamed() {
        let error = error(in: #"{"data":{"postings":[{"amount":1},{"amount":1,"amount":2}]}}"#)
        #expect(error?.kind == .duplicateMember("amount"))
        #expect(error?.path.description == "data.postings[1].amount")
        #expect(error?.offset == 46)
    }

    @Test("is found also when one of the two is spelt with escapes")
    func seesThroughEscapes() {
        #expect(error(in: #"{"amount":1,"\u0061mount":2}"#)?.kind == .duplicateMember("amount"))
        #expect(error(in: #"{"\u0061mount":1,"amount":2}"#)?.kind == .duplicateMember("amount"))
        #expect(error(in: #"{"\u0061":1,"x":2,"x":3}"#)?.kind == .duplicateMember("x"))
    }

    @Test("is found wherever the first one stands in an object of any size", arguments: [2, 31, 32, 33, 34, 200])
    func isFoundInLargeObjects(count: Int) throws {
        for repeated in [0, (count - 1) / 2, count - 2] {
            var names = (0..<count).map { "a_common_beginning_\($0)" }
            #expect(throws: Never.self) { try JSONValue(parsing: object(names)) }
            names[count - 1] = names[repeated]
            #expect(error(in: object(names))?.kind == .duplicateMember(names[repeated]))
        }
    }

    @Test("is only a name of the same object: others may have it too")
    func isPerObject() throws {
        let value = try JSONValue(parsing: #"{"a":{"a":{"a":1},"b":2},"b":[{"a":1},{"a":1}]}"#)
        #expect(value["a"]?["a"]?["a"] == .integer(1))
    }

    @Test("is not a name with the same first eight bytes, nor one that begins with the other")
    func comparesWholeNames() throws {
        let names = ["", "a", "aa", "amount_m", "amount_mi", "amount_minor", "amount_major", "amount_minos"]
        #expect(try JSONValue(parsing: object(names)).object?.members.map(\.name) == names)
    }

    @Test("is told by bytes, not by how Unicode text compares")
    func comparesBytes() throws {
        #expect(throws: Never.self) { try JSONValue(parsing: object(["e\u{301}", "\u{E9}"])) }
    }

    private func object(_ names: [String]) -> String {
        "{" + names.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
    }
}
