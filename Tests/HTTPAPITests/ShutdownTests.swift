import HTTPAPI
import NIOHTTP1
import Storage
import SummaTestKit
import Synchronization
import Testing

@Suite("A server that is stopped")
struct ShutdownTests {
    @Test("finishes the request it has, without making it wait any longer, and takes no other")
    func graceful() async throws {
        let box = Mutex<(server: RunningServer, waiting: Task<Reply, any Error>)?>(nil)
        // By this clock the two seconds never pass: only the stop can end the wait.
        try await withServer(uptime: ManualClock()) { server in
            let waiting = Task { try await server.send(.GET, "/v1/events/1", headers: [("summa-min-sequence", "9")]) }
            box.withLock { $0 = (server, waiting) }
            try await TaskSleeper().sleep(for: .milliseconds(200))
        }
        let (server, waiting) = try #require(box.withLock { $0 })
        let reply = try await waiting.value
        #expect(reply.isProblem(.projectionLag))
        await #expect(throws: (any Error).self) {
            try await server.send(.GET, "/healthz", [:], nil, timeout: .seconds(1))
        }
    }
}
