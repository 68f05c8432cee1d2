import Foundation
import Glibc

/// A server that takes a request and hangs up without a word.
final class RudeServer: Sendable {
    let port: Int
    private let listener: Int32

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
            guard let start = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress else { return -1 }
            guard bind(listener, start, length) == 0, listen(listener, 16) == 0 else { return -1 }
            return getsockname(listener, start, &length)
        }
        guard result == 0 else { throw NoSocket() }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        let thread = Thread { RudeServer.serve(listener) }
        thread.start()
    }

    struct NoSocket: Error {}

    /// Ends the thread: its next accept fails.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func serve(_ listener: Int32) {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            var bytes = [UInt8](repeating: 0, count: 4_096)
            _ = read(connection, &bytes, bytes.count)
            close(connection)
        }
    }
}
