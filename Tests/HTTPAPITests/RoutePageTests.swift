import HTTPAPI
import Payments
import SummaTestKit
import Testing

@Suite("The page of routes")
struct RoutePageTests {
    private struct Row {
        let route: String
        let needsKey: Bool
        let who: String
    }

    @Test("has every route once, who may ask it, and whether it needs a key; and no other")
    func page() async throws {
        let rows = try rows()
        try await withServer { server in
            let routes = RouteTable.all(server.services).routes
            #expect(Set(rows.map(\.route)) == Set(routes.map(\.description)))
            #expect(rows.count == routes.count)
            for route in routes {
                guard let row = rows.first(where: { $0.route == route.description }) else { continue }
                guard case .permitted(let permission, _) = route.handler else {
                    #expect(["anybody", "the provider, by signature"].contains(row.who), "\(row.route)")
                    continue
                }
                let roles = Role.allCases.filter { $0.allows(permission) }
                let who = roles == Role.allCases ? "all" : roles.map(\.rawValue).joined(separator: ", ")
                #expect(row.who == who, "\(row.route)")
                if route.method == .post {
                    let path = String(row.route.dropFirst("POST ".count)).replacing("{id}", with: "x")
                    let reply = try await server.send(.POST, path, as: roles.first, body: "{}")
                    #expect((reply.code == ProblemCode.idempotencyKeyMissing.rawValue) == row.needsKey, "\(row.route)")
                }
            }
        }
    }

    /// Lines such as `` | `POST /v1/charges` **K** | service, operator | … ``.
    private func rows() throws -> [Row] {
        let text = try #require(try ProjectFile(path: "docs/api.md").text)
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingPrefix(" ") }
            guard cells.count >= 2, cells[0].hasPrefix("`POST /") || cells[0].hasPrefix("`GET /") else { return nil }
            let name = cells[0].split(separator: "`")
            return Row(
                route: String(name[0]), needsKey: cells[0].contains("**K**"),
                who: String(cells[1].reversed().drop { $0 == " " }.reversed()))
        }
    }
}
