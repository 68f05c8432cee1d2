import Foundation
import JSON
import Money
import SummaTestKit
import Testing

@testable import HTTPAPI

@Suite("A charge's body read without a tree")
struct PlainChargeTests {
    private static let start = #"{"amount":1250,"currency":"EUR","payment_method":"pm_approve""#

    private static let usual = [
        start + "}", start + #","merchant":"acme","reference":"order-1"}"#,
        start + #","provider_account":"sandbox","capture":"manual","platform_fee":0,"description":"Two books"}"#,
        "\n { \"currency\" : \"JPY\" ,\t\"payment_method\":\"t\",\r\"amount\": 999999999999999999 } ",
    ]

    private static let unusual = [
        start + #","metadata":{"a":"b"}}"#, start + #","merchant":null}"#,
        start + #","description":"Zwei B\u00fccher"}"#,
        #"{"amount":"1250","currency":"EUR","payment_method":"pm_approve"}"#, start + #","platform_fee":0.0}"#,
        start + #","description":"Zwei Bücher"}"#,
    ]

    @Test("takes the usual ones", arguments: usual)
    func takes(body: String) throws {
        #expect(try isReadAlike(Array(body.utf8)))
    }

    @Test("leaves the others, right or wrong, to the reader of all", arguments: unusual + ChargeRefusal.all.map(\.body))
    func leaves(body: String) throws {
        let isKnownNobody = body.contains("nobody")
        #expect(try isReadAlike(Array(body.utf8)) == isKnownNobody, "\(body)")
    }

    @Test("never says anything else than the reader of all, whatever became of a body on its way")
    func mutations() throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        var random = SeededGenerator(seed: seed)
        let bodies = (Self.usual + Self.unusual + ChargeRefusal.all.map(\.body)).map { Array($0.utf8) }
        let usual = bodies.prefix(Self.usual.count)
        var takenCount = 0
        for round in 0..<4_000 * (Soak.isRequested ? 50 : 1) {
            let start = round.isMultiple(of: 4) ? bodies[...] : usual
            var body = start[Int.random(in: start.indices, using: &random)]
            for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&body, bodies, &random) }
            if try isReadAlike(body) { takenCount += 1 }
        }
        #expect(takenCount > 100, "seed \(seed): what is left untaken proves nothing")
    }

    @Test(
        "never says anything else about published texts",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func vectors() throws {
        struct Vector: Decodable {
            let base64: String
        }
        for vector in try SharedVectors.json("json/parsing.json", as: [Vector].self) {
            let text = Array(try #require(Data(base64Encoded: vector.base64)))
            _ = try isReadAlike(text)
            for name in ["amount", "description", "platform_fee"] {
                _ = try isReadAlike(Array("\(Self.start),\"\(name)\":".utf8) + text + Array("}".utf8))
            }
        }
    }

    /// Whether the body was taken; then the reader of all reads the same in it.
    private func isReadAlike(_ body: [UInt8]) throws -> Bool {
        guard let plain = ChargeFields(plain: body, in: .iso) else { return false }
        let told = String(decoding: body, as: UTF8.self)
        do {
            let value = try JSONValue(parsing: body)
            try CardNumberRefusal.check(value, at: .root)
            var fields = try JSONFields(value)
            let whole = try ChargeFields(&fields, in: .iso)
            #expect(String(reflecting: plain) == String(reflecting: whole), "\(told)")
        } catch {
            Issue.record("taken, and refused by the reader of all: \(told): \(error)")
        }
        return true
    }

    private func mutate(_ body: inout [UInt8], _ bodies: [[UInt8]], _ random: inout SeededGenerator) {
        let letters = Array("{}[]\":,\\ \t\n-+.eE0019azAZ_/u\u{7f}é".utf8) + [0, 0x1F, 0x80, 0xFF]
        let place = Int.random(in: 0...body.count, using: &random)
        let other = bodies[Int.random(in: bodies.indices, using: &random)]
        let cut = Int.random(in: 0...other.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: body.insert(letters[Int.random(in: letters.indices, using: &random)], at: place)
        case 1 where place < body.count: body[place] = letters[Int.random(in: letters.indices, using: &random)]
        case 2 where place < body.count: body.remove(at: place)
        case 3: body = Array(body[..<place] + other[cut...])
        default: body.insert(contentsOf: other[..<cut].suffix(12), at: place)
        }
    }
}
