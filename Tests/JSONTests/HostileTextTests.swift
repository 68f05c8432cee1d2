import JSON
import SummaTestKit
import Testing

/// Texts nobody would write: the scanner must answer every one, and agree with itself.
@Suite("Hostile texts")
struct HostileTextTests {
    private static let seeds: [UInt64] = [1, 2, 3, 4]

    private static let sound: [[UInt8]] = [
        #"{"id":"pay_01","amount":1999,"currency":"EUR","metadata":{"order":"A-7","note":"caf\u00e9 \uD834\uDD1E é"}}"#,
        #"[null,true,false,0,-1,1.5e+10,"","\"\\\/\b\f\n\r\t",[[[]]],{"a":{"b":{"c":[]}}}]"#,
        #"{"a":1,"b":2,"c":3,"d":[{"e":"日本語"},{"e":"x"}],"f":-0.0,"g":"\u0000"}"#,
    ].map { Array($0.utf8) }

    @Test("changed at random bytes are read or refused, never worse", arguments: seeds)
    func survivesMutations(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for text in Self.sound {
            for _ in 0..<2_000 { try check(mutated(text, &random), seed: seed) }
        }
    }

    @Test("made of nothing but JSON's own characters are read or refused, never worse", arguments: seeds)
    func survivesSoup(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array(#"{}[]:,"\u0dD8e+-.1tfnrue "#.utf8)
        for _ in 0..<4_000 {
            let length = Int.random(in: 0...24, using: &random)
            try check((0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }, seed: seed)
        }
    }

    @Test("cut anywhere are refused")
    func refusesCutTexts() throws {
        for text in Self.sound {
            for length in 0..<text.count {
                #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.prefix(length))) }
            }
        }
    }

    @Test("built from random values come back equal", arguments: seeds)
    func roundTripsRandomValues(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let value = randomValue(depth: 0, &random)
            let bytes = value.bytes
            let read = try JSONValue(parsing: bytes)
            #expect(read == value, "seed \(seed)")
            #expect(read.bytes == bytes, "seed \(seed)")
        }
    }

    @Test("of a hundred thousand members take no square of that time")
    func readsLargeObjects() throws {
        let members = (0..<100_000).map { "\"m\($0)\":\($0)" }.joined(separator: ",")
        let value = try JSONValue(parsing: "{\(members)}")
        #expect(value.object?.count == 100_000)
        #expect(value["m99999"]?.integer == 99_999)
    }

    /// Scanner and tree must agree, errors must point into the text, and what was read must survive writing.
    private func check(_ text: [UInt8], seed: UInt64) throws {
        let isWalked = (try? JSONScanner.scan(text) { try $0.skipValue() }) != nil
        switch Result(catching: { () throws(JSONError) in try JSONValue(parsing: text) }) {
        case .success(let value):
            #expect(isWalked, "seed \(seed): \(text)")
            #expect(try JSONValue(parsing: value.bytes) == value, "seed \(seed): \(text)")
        case .failure(let error):
            #expect(!isWalked, "seed \(seed): \(text)")
            #expect((0...text.count).contains(error.offset), "seed \(seed): \(text)")
        }
    }

    private func mutated(_ text: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var text = text
        for _ in 0..<Int.random(in: 1...4, using: &random) where !text.isEmpty {
            let position = Int.random(in: 0..<text.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: text[position] = UInt8.random(in: 0...255, using: &random)
            case 1: text.remove(at: position)
            case 2: text.insert(UInt8.random(in: 0...255, using: &random), at: position)
            default: text.swapAt(position, Int.random(in: 0..<text.count, using: &random))
            }
        }
        return text
    }

    private func randomValue(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &random))
        case 3: return .string(randomText(&random))
        case 4:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in randomValue(depth: depth + 1, &random) })
        default:
            let members = (0..<Int.random(in: 0...4, using: &random)).map { index in
                JSONMember(name: "\(index)" + randomText(&random), value: randomValue(depth: depth + 1, &random))
            }
            return JSONObject(members).map(JSONValue.object) ?? .null
        }
    }

    private func randomText(_ random: inout SeededGenerator) -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0x00...0x7F, 0x20...0x7E, 0x80...0x7FF, 0x800...0xD7FF, 0x10000...0x10FFFF,
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            let range = ranges.randomElement(using: &random) ?? 0x20...0x7E
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { text.append(scalar) }
        }
        return String(text)
    }
}
