import EventLog
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Four eyes on keys")
struct FourEyesTests {
    @Test("no permission to approve is with a role that may propose")
    func table() {
        for role in Role.allCases {
            #expect(!(role.allows(.proposeAdjustments) && role.allows(.approveAdjustments)), "\(role)")
            #expect(!(role.allows(.proposeKeys) && role.allows(.approveKeys)), "\(role)")
            #expect(role.needsApproval == (role.allows(.proposeAdjustments) || role.allows(.approveAdjustments)))
        }
        #expect(Permission.allCases.allSatisfy { permission in Role.allCases.contains { $0.allows(permission) } })
        #expect(Permission.allCases.filter { Role.auditor.allows($0) } == [.read, .listKeys])
    }

    @Test("a key that needs approval opens nothing before it has one", arguments: [Role.operator, .approver])
    func approval(role: Role) async throws {
        let example = try await AccessExample()
        let made = try await example.make("anna", role, by: "principal:olga/key_0000000000001")
        #expect(made.record.state == .proposed)
        #expect(throws: AuthenticationRejection.notApproved) {
            try example.authenticator.principal(for: made.key.revealed)
        }
        #expect(try await example.approve(made.record, as: "bert").state == .active)
        #expect(try example.authenticator.principal(for: made.key.revealed).role == role)
        #expect(
            try example.events(BookID.first.restricted).map(\.type)
                == ["summa.access.key_created", "summa.access.key_approved"])
    }

    @Test("whoever made a key or will act with it does not approve it", arguments: ["olga", "anna"])
    func ownKey(approver: String) async throws {
        let example = try await AccessExample()
        let made = try await example.make("anna", .operator, by: "principal:olga/key_0000000000001")
        await #expect(throws: KeyRejection.approvesOwn(made.record.id)) {
            try await example.approve(made.record, as: approver)
        }
        // A name that only begins alike is another principal.
        #expect(try await example.approve(made.record, as: "olg").state == .active)
    }

    @Test("a principal has one role while any of its keys works")
    func oneRole() async throws {
        let example = try await AccessExample()
        let first = try await example.make("anna", .operator)
        await #expect(throws: KeyRejection.self) { try await example.make("anna", .approver) }
        _ = try await example.make("anna", .operator)
        _ = try await example.make("bert", .approver)
        _ = try await example.revoke(first.record)
        await #expect(throws: KeyRejection.self) { try await example.make("anna", .approver) }
    }

    @Test("a revoked key is not approved, and a key nobody knows is neither")
    func ended() async throws {
        let example = try await AccessExample()
        let made = try await example.make("anna", .operator)
        _ = try await example.revoke(made.record)
        await #expect(throws: KeyRejection.revoked(made.record.id)) {
            try await example.approve(made.record, as: "bert")
        }
        let other = try await example.make("cleo")
        #expect(try await example.approve(other.record, as: "bert").approvedBy == nil)
    }
}

@Suite("Failed authentications")
struct FailedAuthenticationTests {
    @Test("are written as one count for each source and minute, when the minute is over")
    func counts() async throws {
        let example = try await AccessExample()
        let failures = FailedAuthentications(database: example.database)
        let start = ManualClock.morning
        for _ in 0..<5 { failures.note(source: "203.0.113.0/24", at: start) }
        failures.note(source: "198.51.100.0/24", at: start.advanced(by: .milliseconds(59_999)))
        failures.note(source: "203.0.113.0/24", at: start.advanced(by: .seconds(60)))
        #expect(try await failures.step(now: start.advanced(by: .milliseconds(59_999))) == false)
        #expect(try await failures.step(now: start.advanced(by: .seconds(60))))
        #expect(try await example.events(.system).map(\.subject) == ["198.51.100.0/24", "203.0.113.0/24"])
        try await failures.flush()
        #expect(try await example.events(.system).count == 3)
    }

    @Test("of more sources than are told apart are counted together")
    func bounded() async throws {
        let example = try await AccessExample()
        let failures = FailedAuthentications(database: example.database)
        for index in 0..<FailedAuthentications.sourceCountMax + 7 {
            failures.note(source: AllowedText("source-\(index)") ?? "none", at: ManualClock.morning)
        }
        failures.note(source: "source-0", at: ManualClock.morning)
        try await failures.flush()
        let events = try example.database.read(.system) { try EventStore($0).events(after: 0, limit: 2_000) }
        #expect(events.count == FailedAuthentications.sourceCountMax + 1)
        let others = try #require(events.first { $0.subject == "other" })
        #expect(try others.data()["count"]?.integer == 7)
        #expect(try events.first { $0.subject == "source-0" }?.data()["count"]?.integer == 2)
    }
}

@Suite("Events of access control")
struct AccessEventTests {
    @Test("are published in docs/events/access.md")
    func page() throws {
        #expect(try EventPages.isCurrent(module: "access", contents: AccessEvents.contents))
    }

    @Test("read back as they were written", arguments: AccessEvents.contents.map { EventCatalogue([$0]) })
    func roundTrip(catalogue: EventCatalogue) throws {
        let type = try #require(catalogue.types.first)
        let document = try EventDocument(try #require(catalogue.example(of: type)))
        #expect(try catalogue.faults(in: document) == [])
    }
}
