import EventLog
import Foundation
import Testing

@Suite("Base64")
struct Base64Tests {
    @Test("writes what Foundation writes and reads it back, for every length to 100")
    func agreesWithFoundation() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for count in 0...100 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let text = Base64.encode(bytes)
            #expect(text == Data(bytes).base64EncodedString())
            #expect(Base64.decode(text) == bytes)
        }
    }

    @Test(
        "reads the vectors of RFC 4648 §10",
        arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foobar", "Zm9vYmFy")])
    func vectors(text: String, encoded: String) {
        #expect(Base64.encode(text.utf8) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test(
        "has one spelling for each value and refuses all others",
        arguments: [
            "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "=", "Zg==Zg==", "Zg= =", "Zm8_", "Zm8-", "Zm\n8",
            "é===",
        ])
    func refusesOthers(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
