import Glibc
import HTTPAPI
import JSON
import Testing

@Suite("What is not HTTP")
struct ParserRefusalTests {
    @Test(
        "is refused with a problem that names its request, and the connection ends",
        arguments: [
            "NONSENSE\r\n\r\n", "GET / HTTP/1.1\r\nbad header\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nhost: x\r\n" + String(repeating: "a: b\r\n", count: 10_000) + "\r\n",
        ])
    func refused(text: String) async throws {
        try await withServer { server in
            let answer = try RawConnection(port: server.port).answer(to: text)
            let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1)
            #expect(answer.hasPrefix("HTTP/1.1 400"), "\(answer)")
            let body = try JSONValue(parsing: String(parts.last ?? ""))
            #expect(body["code"]?.string == ProblemCode.requestMalformed.rawValue)
            let id = try #require(body["request_id"]?.string)
            #expect(parts[0].lowercased().contains("x-request-id: \(id)"))
        }
    }
}

/// One connection on which anything may be written.
private struct RawConnection {
    private let descriptor: Int32

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
        try #require(isConnected)
    }

    /// Everything that comes back until the server ends the connection.
    func answer(to text: String) -> String {
        defer { close(descriptor) }
        _ = send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL))
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: received, as: UTF8.self) }
            received += buffer.prefix(count)
        }
    }
}
