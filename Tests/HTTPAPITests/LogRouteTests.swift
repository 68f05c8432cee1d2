import EventLog
import HTTPAPI
import JSON
import NIOHTTP1
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("The log over HTTP")
struct LogRouteTests {
    @Test("gives each event as the exact bytes that are in it")
    func events() async throws {
        try await withServer { server in
            try await server.openWallets()
            let reply = try await server.send(.GET, "/v1/events/1", as: .auditor)
            #expect(reply.headers.first(name: "content-type") == "application/cloudevents+json")
            let bytes = try server.services.database.read(RunningServer.book) { try $0.event(at: 1) }
            #expect(reply.body == bytes)
            #expect(try await server.send(.GET, "/v1/events/4").isProblem(.eventNotFound))
            for sequence in ["0", "-1", "01", "x", "9223372036854775808", "1.0"] {
                #expect(try await server.send(.GET, "/v1/events/\(sequence)").isProblem(.parameterInvalid))
            }
        }
    }

    @Test("proves to a stranger, who has the key alone, that an event is in it and that it only grew")
    func proofs() async throws {
        try await withServer { server in
            try await server.openWallets()
            for amount in 1...5 { try await server.post(Int64(amount), from: "cash:EUR", to: "wallet:EUR") }
            _ = try server.services.checkpointer.step(server.clock.now)
            let early = try await server.checkpoint()
            for amount in 1...6 { try await server.post(Int64(amount), from: "cash:EUR", to: "wallet:EUR") }
            server.clock.advance(by: .minutes(1))
            _ = try server.services.checkpointer.step(server.clock.now)
            let late = try await server.checkpoint()
            #expect(early.size == 8 && late.size == 14)

            for sequence in 1...14 {
                let event = try await server.send(.GET, "/v1/events/\(sequence)")
                let reply = try await server.send(
                    .GET, "/v1/log/proof/inclusion?sequence=\(sequence)&size=\(late.size)")
                let proof = InclusionProof(
                    index: UInt64(sequence - 1), size: late.size, hashes: try reply.hashes())
                try event.body.withUnsafeBytes { try proof.verify(leaf: .leaf($0), root: late.root) }
            }
            let reply = try await server.send(.GET, "/v1/log/proof/consistency?from=\(early.size)&to=\(late.size)")
            try ConsistencyProof(from: early.size, to: late.size, hashes: reply.hashes())
                .verify(oldRoot: early.root, newRoot: late.root)
        }
    }

    @Test("carries one event's proof in one text")
    func transparencyProof() async throws {
        try await withServer { server in
            try await server.openWallets()
            let reply = try await server.send(.GET, "/v1/events/2/proof", as: .auditor)
            let proof = try TransparencyProof(reply.text)
            let checkpoint = try proof.verify(
                with: [server.services.checkpointer.verifier], origin: "summa/book-1/1")
            #expect(checkpoint.size == 3)
            let event = try await server.send(.GET, "/v1/events/2")
            #expect(proof.event == event.body)
            #expect(try await server.send(.GET, "/v1/events/4/proof").isProblem(.eventNotFound))
        }
    }

    @Test(
        "refuses proofs of what is not there",
        arguments: [
            ("inclusion?sequence=4", ProblemCode.parameterInvalid), ("inclusion?sequence=2&size=1", .parameterInvalid),
            ("inclusion?sequence=1&size=4", .logTooShort), ("inclusion", .parameterMissing),
            ("inclusion?sequence=0", .parameterInvalid), ("inclusion?sequence=1&x=1", .parameterUnknown),
            ("inclusion?sequence=1&size=9223372036854775807", .logTooShort),
            ("consistency?from=2&to=1", .parameterInvalid),
            ("consistency?from=1&to=4", .logTooShort), ("consistency?to=1", .parameterMissing),
        ])
    func badProofs(path: String, code: ProblemCode) async throws {
        try await withServer { server in
            try await server.openWallets()
            let reply = try await server.send(.GET, "/v1/log/proof/\(path)")
            #expect(reply.isProblem(code), "\(reply.text)")
        }
    }

    @Test("has no checkpoint before the first is signed")
    func noCheckpoint() async throws {
        try await withServer { server in
            let reply = try await server.send(.GET, "/v1/log/checkpoint")
            #expect(reply.isProblem(.checkpointNotFound))
        }
    }
}

extension RunningServer {
    /// The checkpoint as a stranger reads it, with our verifier key alone.
    fileprivate func checkpoint() async throws -> Checkpoint {
        let note = try SignedNote(try await send(.GET, "/v1/log/checkpoint", as: .auditor).text)
        return try Checkpoint(note: note, keys: [services.checkpointer.verifier])
    }
}

extension Reply {
    fileprivate func hashes() throws -> [TreeHash] {
        try #require(json["hashes"]?.array).map { try #require(TreeHash(base64: $0.string ?? "")) }
    }
}
