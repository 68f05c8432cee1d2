import HTTPAPI
import NIOHTTP1
import Testing

@Suite("Whoever watches the server")
struct HealthTests {
    @Test("needs no key, and learns nothing of a tenant")
    func open() async throws {
        try await withServer { server in
            #expect(try await server.send(.GET, "/healthz", as: nil).text == #"{"status":"ok"}"#)
            let ready = try await server.send(.GET, "/readyz", as: nil)
            #expect(ready.status == 200)
            #expect(ready["status"]?.string == "ready")
            #expect(ready["books"]?.integer == 2)
        }
    }

    @Test("counts requests by route and status, never by path")
    func metrics() async throws {
        try await withServer { server in
            for sequence in 7...9 { _ = try await server.send(.GET, "/v1/events/\(sequence)") }
            _ = try await server.send(.GET, "/nothing/here")
            let reply = try await server.send(.GET, "/metrics", as: nil)
            #expect(reply.headers.first(name: "content-type") == "text/plain; version=0.0.4")
            let lines = reply.text.split(separator: "\n")
            let series = #"method="GET",route="/v1/events/{sequence}""#
            #expect(lines.contains { $0 == "summa_http_requests_total{\(series),status=\"404\"} 3" })
            #expect(lines.contains { $0 == "summa_http_request_seconds_bucket{\(series),le=\"+Inf\"} 3" })
            #expect(lines.contains { $0 == #"summa_http_requests_total{method="any",route="none",status="404"} 1"# })
            #expect(lines.contains { $0.hasPrefix("summa_engine_units_total ") })
            #expect(lines.contains { $0.hasPrefix("summa_engine_waiting_units ") })
            #expect(!reply.text.contains("/nothing"))
        }
    }
}
