import HTTPAPI
import HTTPTypes
import NIOHTTP1
import Testing

@Suite("Finding a route")
struct RouteTableTests {
    private func route(_ method: HTTPRequest.Method, _ pattern: RoutePattern) -> Route {
        .open(method, pattern) { _ in .json(.ok, []) }
    }

    private var table: RouteTable {
        RouteTable([
            route(.get, "/v1/things"), route(.post, "/v1/things"), route(.get, "/v1/things/{id}"),
            route(.get, "/v1/things/latest"), route(.post, "/v1/things/{id}/parts/{part}"),
        ])
    }

    @Test("goes by method and path, and a literal wins over a parameter")
    func finds() throws {
        #expect(try table.find(.get, "/v1/things").0.pattern == "/v1/things")
        #expect(try table.find(.post, "/v1/things").0.method == .post)
        #expect(try table.find(.get, "/v1/things/latest").0.pattern == "/v1/things/latest")
        let (route, parameters) = try table.find(.get, "/v1/things/late")
        #expect(route.pattern == "/v1/things/{id}")
        #expect(parameters["id"] == "late")
    }

    @Test("decodes what the braces take, one segment each")
    func decodes() throws {
        let (_, parameters) = try table.find(.post, "/v1/things/merchant%3A42:EUR/parts/%C3%BC+1")
        #expect(parameters["id"] == "merchant:42:EUR")
        #expect(parameters["part"] == "ü+1")
    }

    @Test("answers HEAD by the route of GET")
    func head() throws {
        #expect(try table.find(.head, "/v1/things").0.method == .get)
    }

    @Test(
        "refuses paths that nothing is at",
        arguments: [
            "", "/", "/v1", "/v1/thing", "/v1/things/", "/v1/things//parts/1", "/v1/things/1/parts", "//v1/things",
        ])
    func unknown(path: String) {
        #expect(throws: Problem(.routeUnknown)) { _ = try table.find(.get, path[...]) }
    }

    @Test("says which methods a path has when it has not this one")
    func methods() {
        #expect(throws: Problem(.methodNotAllowed, allow: "GET, HEAD, POST")) {
            _ = try table.find(.delete, "/v1/things")
        }
        #expect(throws: Problem(.methodNotAllowed, allow: "POST")) {
            _ = try table.find(.get, "/v1/things/1/parts/2")
        }
    }

    @Test("refuses a segment that is not percent-encoded UTF-8", arguments: ["%", "%4", "%zz", "%ff", "%c3%28"])
    func badEncoding(segment: String) {
        let error = #expect(throws: Problem.self) { _ = try table.find(.get, "/v1/things/\(segment)") }
        #expect(error?.code == .parameterInvalid)
    }
}

@Suite("A request that reaches no route")
struct UnreachedRouteTests {
    @Test("gets problems, with the methods there are")
    func problems() async throws {
        try await withServer { server in
            for path in ["/", "/v1", "/v2/charges", "/v1/events/1/", "/v1/nothing?x=1"] {
                let reply = try await server.send(.GET, path)
                #expect(reply.isProblem(.routeUnknown), "\(path): \(reply.text)")
            }
            for method in [HTTPMethod.POST, .PUT, .DELETE, .PATCH, .OPTIONS, .TRACE, .PROPFIND] {
                let reply = try await server.send(method, "/v1/events/1")
                #expect(reply.isProblem(.methodNotAllowed), "\(method): \(reply.text)")
                #expect(reply.headers["allow"] == ["GET, HEAD"])
            }
        }
    }

    @Test("is known by an id of its own, told in header and problem")
    func requestID() async throws {
        try await withServer { server in
            let one = try await server.send(.GET, "/healthz", as: nil)
            let two = try await server.send(.GET, "/nothing", as: nil)
            let ids = [one, two].compactMap { $0.headers.first(name: "x-request-id") }
            #expect(ids.count == 2 && ids[0] != ids[1])
            #expect(ids.allSatisfy { RequestID(text: $0) != nil })
            #expect(two["request_id"]?.string == ids.last)
        }
    }

    @Test("HEAD has the headers of GET and no body")
    func head() async throws {
        try await withServer { server in
            let reply = try await server.send(.HEAD, "/healthz", as: nil)
            #expect(reply.status == 200)
            #expect(reply.body.isEmpty)
            #expect(reply.headers["content-length"] == ["15"])
        }
    }
}
