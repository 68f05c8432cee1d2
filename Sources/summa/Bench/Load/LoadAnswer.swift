/// A whole answer, as far as a load generator looks at it: bytes are compared and nothing is made of them, so that the
/// generator takes as little as it can of the machine it shares with the server.
struct LoadAnswer {
    let status: Int
    let body: ArraySlice<UInt8>

    /// Nil while some of it is missing. Servers of ours state the length.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 12, let head = Self.endOfHead(bytes) else { return nil }
        let length = Self.contentLength(bytes[..<head])
        guard bytes.count - head >= length else { return nil }
        status = bytes[9..<12].reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) }
        body = bytes[head..<(head + length)]
    }

    /// The payment that the body of an accepted charge begins with: `{"id":"pay_…"`.
    var identifier: String? {
        guard body.count > 8, let end = body.dropFirst(7).firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        return String(decoding: body[(body.startIndex + 7)..<end], as: UTF8.self)
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        var place = 3
        while place < bytes.count {
            switch bytes[place] {
            case 10:
                if bytes[place - 1] == 13, bytes[place - 2] == 10, bytes[place - 3] == 13 { return place + 1 }
                place += 1
            case 13: place += 1
            default: place += 2
            }
        }
        return nil
    }

    private static let lengthName = Array("\r\ncontent-length: ".utf8)

    private static func contentLength(_ head: ArraySlice<UInt8>) -> Int {
        var place = 0
        while place + lengthName.count < head.endIndex {
            if head[place] == 13, isNamed(head, at: place) {
                return head[(place + lengthName.count)...].prefix { $0 != 13 }
                    .reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) }
            }
            place += 1
        }
        return 0
    }

    private static func isNamed(_ head: ArraySlice<UInt8>, at place: Int) -> Bool {
        lengthName.indices.allSatisfy { head[place + $0] | 0x20 == lengthName[$0] | 0x20 }
    }
}
