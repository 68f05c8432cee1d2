import EventLog
import Storage
import SummaTestKit
import Testing

@Suite("The log of a book")
struct EventStoreTests {
    @Test("numbers events 1, 2, 3 … over all batches and names them so")
    func numbersEvents() throws {
        let log = try TestLog()
        try log.append(3)
        #expect(try log.append(2) == 5)
        let events = try log.read { try $0.events(after: 0, limit: 10) }
        #expect(events.map(\.id.sequence) == [1, 2, 3, 4, 5])
        #expect(events.map(\.id.description).last == "book-1/1/5")
        #expect(try events.map { try $0.content(as: Numbered.self).number } == [1, 2, 3, 4, 5])
        #expect(events[0].time == events[2].time)
        #expect(events[2].time < events[3].time)
    }

    @Test("appends nothing of a unit of work that was refused")
    func dropsRefused() throws {
        struct Refused: Error {}
        let log = try TestLog()
        #expect(throws: Refused.self) {
            try log.write { work in
                work.append(Numbered(number: 1), context: EventContext(actor: "test"))
                throw Refused()
            }
        }
        #expect(try log.append(1) == 1)
    }

    @Test("pages through events")
    func pages() throws {
        let log = try TestLog()
        try log.append(10)
        try log.read { (store) throws in
            #expect(try store.events(after: 4, limit: 3).map(\.id.sequence) == [5, 6, 7])
            #expect(try store.events(after: 10, limit: 3).isEmpty)
            #expect(try store.event(at: 10)?.id.sequence == 10)
            #expect(try store.event(at: 11) == nil)
            #expect(try store.event(at: 0) == nil)
        }
    }

    @Test("keeps in its head the tree of exactly its events, batch after batch")
    func rightEdge() throws {
        let log = try TestLog()
        #expect(try log.read { try $0.rightEdge().root } == .emptyRoot)
        for count in [1, 254, 1, 1, 255, 300] {
            try log.append(count)
            let events = try log.read { try $0.events(after: 0, limit: 1_000).map(\.bytes) }
            let naive = NaiveTree(leaves: events)
            try log.read { (store) throws in
                #expect(store.size == UInt64(events.count))
                #expect(try store.rightEdge().root == naive.root(size: events.count))
                #expect(try store.root(size: store.size) == naive.root(size: events.count))
            }
        }
    }

    @Test("proves random events and random ages from what is stored", arguments: SeededGenerator.seeds(2))
    func proofs(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let log = try TestLog()
        try log.append(1_300)
        let naive = NaiveTree(leaves: try log.read { try $0.events(after: 0, limit: 2_000).map(\.bytes) })
        try log.read { (store) throws in
            for _ in 0..<15 {
                let size = Int.random(in: 1...1_300, using: &generator)
                let sequence = Int.random(in: 1...size, using: &generator)
                let inclusion = try store.inclusionProof(sequence: Int64(sequence), size: UInt64(size))
                #expect(inclusion.hashes == naive.path(sequence - 1, 0..<size))
                let from = Int.random(in: 1...size, using: &generator)
                let consistency = try store.consistencyProof(from: UInt64(from), to: UInt64(size))
                #expect(consistency.hashes == naive.subproof(from, 0..<size, true))
            }
        }
    }

    @Test("says why it makes no proof")
    func refusals() throws {
        let log = try TestLog()
        try log.append(5)
        try log.read { (store) throws in
            #expect(throws: ProofRequestRejection.aheadOfLog(size: 6, log: 5)) {
                try store.inclusionProof(sequence: 1, size: 6)
            }
            #expect(throws: ProofRequestRejection.aheadOfLog(size: 6, log: 5)) {
                try store.consistencyProof(from: 1, to: 6)
            }
            #expect(throws: ProofRequestRejection.aheadOfLog(size: 6, log: 5)) { try store.root(size: 6) }
            for (sequence, size) in [(0, 5), (-1, 5), (6, 5), (5, 4), (1, 0)] as [(Int64, UInt64)] {
                #expect(throws: ProofRequestRejection.notInTree(sequence: sequence, size: size)) {
                    try store.inclusionProof(sequence: sequence, size: size)
                }
            }
            for (from, to) in [(0, 5), (5, 4)] as [(UInt64, UInt64)] {
                #expect(throws: ProofRequestRejection.noGrowth(from: from, to: to)) {
                    try store.consistencyProof(from: from, to: to)
                }
            }
        }
    }

    @Test("gives one event with all a stranger needs")
    func transparencyProof() throws {
        let log = try TestLog()
        try log.append(300)
        let key = try testKey()
        let text = try log.read { (store) throws in
            let checkpoint = Checkpoint(origin: "summa/book-1/1", size: 280, root: try store.root(size: 280))
            return try store.proof(of: 17, under: checkpoint.signed(by: key)).encoded
        }
        let proof = try TransparencyProof(text)
        #expect(try proof.verify(with: [key.verifier], origin: "summa/book-1/1").size == 280)
        #expect(try EventDocument(proof.event).id.sequence == 17)
    }

    @Test("is not appended to, and the process stops, when the head holds the tree of another size")
    func stopsOnWrongHead() throws {
        let log = try TestLog()
        try log.append(3)
        try log.tamper("UPDATE head SET tree = x'00'")
        #expect(throws: StorageFault.self) { try log.append(1) }
        guard case .disagrees? = log.stoppedFor.first else {
            Issue.record("stopped for \(log.stoppedFor)")
            return
        }
        #expect(throws: StorageFault.self) { try log.append(1) }
        #expect(throws: StorageFault.self) { try log.read { try $0.rightEdge() } }
    }
}
