import Glibc
import Storage

/// One keep-alive connection of a load generator, with at most one request under way.
final class LoadConnection {
    let descriptor: Int32
    private var received: [UInt8] = []
    /// When the request under way was sent, or was meant to be; nil while there is none.
    private(set) var since: Instant?

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
        // What was opened is closed by `deinit`, once.
        guard isConnected else { throw CommandFailure("nobody listens on port \(port)") }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    /// Sends a request; a small one never waits, since nothing else is under way.
    /// - Parameter moment: From when its latency counts.
    func send(_ request: [UInt8], since moment: Instant) throws {
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw CommandFailure("the server closed a connection") }
            sent += count
        }
        since = moment
    }

    /// Reads what is there. Answers with the whole answer and how long it took; nil while some of it is missing.
    func receive(at now: Instant) throws -> (LoadAnswer, Instant.Span)? {
        let count = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { space in
            let count = read(descriptor, space.baseAddress, space.count)
            if count > 0 { received.append(contentsOf: UnsafeRawBufferPointer(rebasing: space[..<count])) }
            return count
        }
        guard count > 0 else { throw CommandFailure("the server closed a connection") }
        guard let answer = LoadAnswer(received), let moment = since else { return nil }
        since = nil
        received = []
        return (answer, now.since(moment))
    }
}
