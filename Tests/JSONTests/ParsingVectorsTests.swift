import JSON
import SummaTestKit
import Testing

/// The published parsing suite: what RFC 8259 accepts is read, what it does not is refused.
@Suite(.enabled(if: SharedVectors.present, "the shared test vectors are not here"))
struct ParsingVectorsTests {
    struct Vector: Decodable {
        let name: String
        let expect: String
        let base64: String
    }

    /// The one text the grammar allows and we refuse: RFC 8259 §4 leaves the meaning of a repeated name open.
    static let refusedOnPurpose = "y_object_duplicated_key_and_value.json"

    @Test("each text of the suite is accepted or refused as it says")
    func followsTheSuite() throws {
        let vectors: [Vector] = try SharedVectors.json("json/parsing.json")
        #expect(vectors.count > 100)
        for vector in vectors where vector.name != Self.refusedOnPurpose {
            let bytes = try #require(Base64.standard.decode(vector.base64))
            let isAccepted = (try? JSONValue(parsing: bytes)) != nil
            switch vector.expect {
            case "accept": #expect(isAccepted, "\(vector.name)")
            case "reject": #expect(!isAccepted, "\(vector.name)")
            default: break  // either will do: what matters is that we came here
            }
            let isWalked = (try? JSONScanner.scan(bytes) { try $0.skipValue() }) != nil
            #expect(isWalked == isAccepted, "\(vector.name): scanner and tree agree")
        }
    }

    @Test("the one text with a repeated member is refused by that name")
    func refusesTheRepeatedMember() throws {
        let vectors: [Vector] = try SharedVectors.json("json/parsing.json")
        let vector = try #require(vectors.first { $0.name == Self.refusedOnPurpose })
        let bytes = try #require(Base64.standard.decode(vector.base64))
        #expect(throws: JSONError(.duplicateMember("a"), offset: 9, path: .root.member("a"))) {
            try JSONValue(parsing: bytes)
        }
    }

    @Test("what is accepted is written and read again without change")
    func roundTrips() throws {
        let vectors: [Vector] = try SharedVectors.json("json/parsing.json")
        for vector in vectors {
            let bytes = try #require(Base64.standard.decode(vector.base64))
            guard let value = try? JSONValue(parsing: bytes) else { continue }
            #expect(try JSONValue(parsing: value.bytes) == value, "\(vector.name)")
        }
    }
}
