import HTTPAPI
import SummaTestKit
import Testing

@Suite("The Idempotency-Key header")
struct IdempotencyKeyHeaderTests {
    typealias Rejection = IdempotencyKeyHeader.Rejection

    @Test(
        "is the same key quoted and bare",
        arguments: [
            ("a1", "a1"), ("\"a1\"", "a1"), ("  a1 ", "a1"), (" \"a1\"  ", "a1"), ("!~", "!~"), ("\"!~\"", "!~"),
            ("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
            ("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
            (#""a\"b\\c""#, #"a"b\c"#), ("it's", "it's"), ("\"'a'\"", "'a'"), ("a,b;c=1", "a,b;c=1"),
        ])
    func isSameKey(value: String, key: String) throws {
        #expect(try IdempotencyKeyHeader.parse(value) == key)
        #expect(try IdempotencyKeyHeader.parse([value]) == key)
    }

    @Test("has from 1 to 255 characters, quoted or bare, escapes counted once")
    func limitsLength() throws {
        let longest = String(repeating: "k", count: 255)
        #expect(try IdempotencyKeyHeader.parse(longest) == longest)
        #expect(try IdempotencyKeyHeader.parse("\"\(longest)\"") == longest)
        #expect(throws: Rejection.tooLong(max: 255)) { try IdempotencyKeyHeader.parse(longest + "k") }
        #expect(throws: Rejection.tooLong(max: 255)) { try IdempotencyKeyHeader.parse("\"\(longest)k\"") }
        let escaped = String(repeating: #"\""#, count: 255)
        #expect(try IdempotencyKeyHeader.parse("\"\(escaped)\"").count == 255)
    }

    @Test("is missing when there is none or it is empty", arguments: [[], [""], ["   "], ["\"\""]])
    func isMissing(values: [String]) {
        #expect(throws: Rejection.missing) { try IdempotencyKeyHeader.parse(values) }
    }

    @Test("is refused when sent twice, also with the same key")
    func isRepeated() {
        #expect(throws: Rejection.repeated) { try IdempotencyKeyHeader.parse(["a", "b"]) }
        #expect(throws: Rejection.repeated) { try IdempotencyKeyHeader.parse(["a", "a"]) }
    }

    @Test(
        "is refused when misquoted or not visible ASCII",
        arguments: [
            "\"a", "a\"", "\"", "\"\\", "\"a\\\"", "\"a\\n\"", "\"a\"b", "\"a\";v=1", "\"a\", \"b\"", "'a'", "a\\b",
            "a b", "\"a b\"", "a\tb", "\ta", "a\t", "\"a\u{7F}\"", "a\u{0}", "é", "\"é\"", "a, b",
        ])
    func isMalformed(value: String) {
        #expect(throws: Rejection.malformed) { try IdempotencyKeyHeader.parse(value) }
    }

    struct Vector: Decodable {
        let name: String
        let raw: [String]
        let mustFail: Bool?

        enum CodingKeys: String, CodingKey {
            case name, raw
            case mustFail = "must_fail"
        }
    }

    @Test(
        "refuses every field the published suite says must fail",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"),
        arguments: ["sf_string", "sf_item"])
    func refusesWhatMustFail(file: String) throws {
        let vectors: [Vector] = try SharedVectors.json("httpfields/\(file).json")
        let failing = vectors.filter { $0.mustFail == true }
        #expect(!failing.isEmpty)
        for vector in failing {
            #expect(throws: Rejection.self, "\(vector.name)") { try IdempotencyKeyHeader.parse(vector.raw) }
        }
    }

    struct StringVector: Decodable {
        let name: String
        let raw: [String]
        let expected: Expected?

        /// `[value, parameters]`, of which the first is wanted.
        struct Expected: Decodable {
            let value: String

            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                value = try list.decode(String.self)
            }
        }
    }

    @Test(
        "reads the suite's strings as they are meant, where they could be keys at all",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func readsWhatMustPass() throws {
        let vectors: [StringVector] = try SharedVectors.json("httpfields/sf_string.json")
        for vector in vectors where vector.raw.count == 1 {
            guard let expected = vector.expected?.value else { continue }
            let isKey = (1...255).contains(expected.count) && expected.allSatisfy { $0.isASCII && $0 > " " }
            #expect((try? IdempotencyKeyHeader.parse(vector.raw)) == (isKey ? expected : nil), "\(vector.name)")
            // The suite's strings hold spaces, which no key may; without them they are keys.
            let spaceless = vector.raw[0].filter { $0 != " " }
            let key = expected.filter { $0 != " " }
            #expect((try? IdempotencyKeyHeader.parse(spaceless)) == (key.isEmpty ? nil : key), "\(vector.name)")
        }
    }
}
