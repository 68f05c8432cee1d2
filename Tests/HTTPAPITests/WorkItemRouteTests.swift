import EventLog
import HTTPAPI
import JSON
import Money
import NIOHTTP1
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Work items over HTTP")
struct WorkItemRouteTests {
    @Test("are listed while they are open, the oldest first, with amount, age and next action")
    func list() async throws {
        try await withServer { server in
            let first = try await server.openWorkItem(.inDoubt, of: "pay_1", amount: .eur(500))
            server.clock.advance(by: .seconds(91))
            let second = try await server.openWorkItem(.dispute, of: "pay_2")
            let reply = try await server.send(.GET, "/v1/work_items", as: .auditor)
            let items = try #require(reply["items"]?.array)
            #expect(items.map { $0["id"]?.string } == [first.description, second.description])
            #expect(items[0]["kind"]?.string == "in_doubt")
            #expect(items[0]["amount"]?.integer == 500 && items[0]["currency"]?.string == "EUR")
            #expect(items[0]["next_action"]?.string == "ask_provider")
            #expect(items[0]["age_seconds"]?.integer == 90)
            #expect(items[1]["amount"]?.isNull == true)
            let disputes = try await server.send(.GET, "/v1/work_items?kind=dispute&subject=pay_2")
            #expect(disputes["items"]?.array?.count == 1)
            for query in ["kind=x", "state=x", "subject=%20"] {
                #expect(try await server.send(.GET, "/v1/work_items?\(query)").isProblem(.parameterInvalid))
            }
        }
    }

    @Test("are ended once by a person of the right role, in words a person may use")
    func resolve() async throws {
        try await withServer { server in
            let id = try await server.openWorkItem(.dispute, of: "pay_1")
            let path = "/v1/work_items/\(id)/resolve"
            let done = #"{"resolution":"done"}"#
            for role in [Role.service, .approver, .auditor] {
                #expect(try await server.send(.POST, path, as: role, body: done).isProblem(.permissionDenied))
            }
            for resolution in ["settled", "adjusted", "x"] {
                let reply = try await server.send(.POST, path, body: #"{"resolution":"\#(resolution)"}"#)
                #expect(reply.isProblem(.memberInvalid))
            }
            let ended = try await server.send(.POST, path, body: done)
            #expect(ended["state"]?.string == "resolved")
            #expect(try await server.send(.POST, path, body: done).status == 200)
            let otherwise = try await server.send(.POST, path, body: #"{"resolution":"dismissed"}"#)
            #expect(otherwise.isProblem(.workItemResolved))
            #expect(try await server.send(.GET, "/v1/work_items")["items"]?.array == [])
            #expect(try await server.send(.GET, "/v1/work_items?state=resolved")["items"]?.array?.count == 1)
            let unknown = try await server.send(.POST, "/v1/work_items/wki_0000000000000/resolve", body: done)
            #expect(unknown.isProblem(.workItemNotFound))
        }
    }
}

extension RunningServer {
    fileprivate func openWorkItem(
        _ kind: WorkItemKind, of subject: AllowedText, amount: Amount? = nil
    ) async throws -> WorkItemID {
        try await services.database.write(Self.book) { work in
            var journal = WorkItemJournal()
            let item = try WorkItemStore.open(
                WorkItemDraft(kind, of: subject, amount: amount), in: &work, journal: &journal)
            // What an event of another module would tell.
            work.appendEntry { $0.append(contentsOf: Array("opened".utf8)) }
            return item.id
        }
    }
}
