import Glibc

/// One keep-alive connection of a load generator: sends a request, waits for its answer. Blocking, on a thread of its own,
/// so that the generator costs as little as it can of the machine it shares with the server.
final class LoadConnection {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    struct Answer {
        let status: Int
        let body: ArraySlice<UInt8>
    }

    /// - Throws: `CommandFailure` when nobody listens.
    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw CommandFailure("nobody listens on port \(port)") }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    /// - Throws: `CommandFailure` when the connection ends first.
    func send(_ request: [UInt8]) throws -> Answer {
        var sent = 0
        while sent < request.count {
            let count = request.withUnsafeBytes { write(descriptor, $0.baseAddress! + sent, request.count - sent) }
            guard count > 0 else { throw CommandFailure("the server closed a connection") }
            sent += count
        }
        buffer.removeAll(keepingCapacity: true)
        while true {
            if let answer = Self.whole(buffer) { return answer }
            try readMore()
        }
    }

    private func readMore() throws {
        let count = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { space in
            let count = read(descriptor, space.baseAddress, space.count)
            if count > 0 { buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: space[..<count])) }
            return count
        }
        guard count > 0 else { throw CommandFailure("the server closed a connection") }
    }

    /// The answer, once all of it is there. Servers of ours state the length.
    private static func whole(_ bytes: [UInt8]) -> Answer? {
        guard let end = bytes.endOfHead else { return nil }
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        let length =
            lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: ":")[1].filter { $0 != " " }) } ?? 0
        let body = bytes[end...]
        return body.count >= length ? Answer(status: status, body: body.prefix(length)) : nil
    }
}

extension [UInt8] {
    /// Where the body begins.
    fileprivate var endOfHead: Int? {
        let mark: [UInt8] = [13, 10, 13, 10]
        guard count >= 4 else { return nil }
        return (0...(count - 4)).first { self[$0..<($0 + 4)].elementsEqual(mark) }.map { $0 + 4 }
    }
}
