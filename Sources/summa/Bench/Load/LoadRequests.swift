/// What a load generator sends, one request after the other, and what it makes of the answers. Used by its thread alone.
protocol LoadRequests: AnyObject {
    /// Whether the next may be sent at all now; one that may not is sent later.
    var isHeldBack: Bool { get }
    func next() -> [UInt8]
    /// - Throws: What ends the load.
    func take(_ answer: LoadAnswer, of connection: Int) throws
}

/// A request with places where a number is written into it in sixteen letters: nothing is put together while the load runs.
/// Letters, because some of all numbers written in digits are taken for card numbers.
struct RequestTemplate {
    private(set) var bytes: [UInt8]
    private var places: [Int] = []

    static let mark = "________________"

    /// - Parameter lines: The request line and headers, the length of the body not among them.
    init(_ lines: [String], body: String = "") {
        let length = body.isEmpty ? [] : ["content-length: \(body.utf8.count)"]
        bytes = Array(((lines + length).joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
        let mark = Array(Self.mark.utf8)
        var place = 0
        while place + mark.count <= bytes.count {
            if bytes[place..<(place + mark.count)].elementsEqual(mark) {
                places.append(place)
                place += mark.count
            } else {
                place += 1
            }
        }
    }

    mutating func filled(with number: UInt64) -> [UInt8] {
        for place in places {
            for digit in 0..<16 {
                bytes[place + digit] = UInt8(ascii: "a") + UInt8(truncatingIfNeeded: number >> (4 * UInt64(digit))) & 15
            }
        }
        return bytes
    }
}
