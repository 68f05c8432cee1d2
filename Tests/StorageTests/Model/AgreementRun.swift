import Storage
import SummaTestKit
import Testing

/// One seeded run: the same scripts against the engine, in shared batches, and against the model, one after another in
/// the order in which the engine says it served them.
struct AgreementRun {
    private let test: TestDatabase
    private let books = [BookID(rawValue: 1), BookID(rawValue: 2)]
    private var generator: SeededGenerator
    private var models: [BookID: NaiveBoxes] = [:]
    private var lastIdentifiers: [BookID: Int64] = [:]
    private var unusedID: Int64 = 1_000
    /// A second process's engine on the same file, which makes the first one's rows stale whenever it writes.
    private let other: Engine?

    init(seed: UInt64, missRounds: Int, runsAhead: Bool) throws {
        generator = SeededGenerator(seed: seed)
        var limits = Engine.Limits()
        limits.missRounds = missRounds
        if runsAhead {
            limits.batchCountMax = Int.random(in: 1...6, using: &generator)
            limits.aheadCountMin = 1
            limits.aheadPauseCount = Int.random(in: 0...2, using: &generator)
        }
        // Rows that are let go of after each batch leave nothing to run ahead on.
        if seed % 2 == 0 { limits.cacheBytesMax = runsAhead ? 16 << 10 : 1 }
        if seed % 3 == 0 { limits.batchBytesMax = 64 }
        test = try TestDatabase([Box.migration], books: books) {
            $0.limits = limits
            $0.defersCommits = runsAhead
        }
        other = seed % 4 > 1 ? try test.anotherEngine(tables: [Box.table], limits: limits) : nil
        for book in books { models[book] = NaiveBoxes() }
    }

    /// A batch of random bodies, served by one engine or the other.
    mutating func step() throws {
        let served = ServedScripts()
        let usesOther = Bool.random(using: &generator)
        for _ in 0..<Int.random(in: 1...20, using: &generator) {
            let book = books[Int.random(in: 0...1, using: &generator)]
            let script = Script.drawn(by: &generator, unusedID: &unusedID)
            enqueue(script, to: book, expecting: expected(), served, usesOther: usesOther)
        }
        serve(usesOther: usesOther)
        if Int.random(in: 0..<3, using: &generator) == 0 { test.clock.advance(by: .seconds(-5)) }
        for one in served.inOrder { try check(one) }
        if Int.random(in: 0..<8, using: &generator) == 0 { try test.reopen() }
    }

    private mutating func expected() -> [ExpectedKey] {
        guard Bool.random(using: &generator) else { return [] }
        let number = Int64.random(in: 1...3, using: &generator)
        return [
            .row(Box.self, number), .row(Box.byLabel, String(repeating: "l", count: Int(number))),
            .group(Box.byShelf, number),
        ]
    }

    private func enqueue(
        _ script: Script, to book: BookID, expecting: [ExpectedKey], _ served: ServedScripts, usesOther: Bool
    ) {
        let body: (inout UnitOfWork) throws -> Script.Sight = { work in
            var sight = Script.Sight()
            try script.run(on: &work, seeing: &sight)
            return sight
        }
        let completion = { result in served.inOrder.append(.init(script: script, book: book, result: result)) }
        if usesOther, let other {
            other.enqueue(book, expecting: expecting, body: body, completion: completion)
        } else {
            test.database.enqueue(book, expecting: expecting, body: body, completion: completion)
        }
    }

    private func serve(usesOther: Bool) {
        if usesOther, let other {
            while other.runBatch() > 0 {}
        } else {
            while test.database.runBatch() > 0 {}
        }
    }

    private mutating func check(_ one: ServedScripts.One) throws {
        let expected = models[one.book]?.run(one.script)
        switch one.result {
        case .success(let sight):
            #expect(.answered(sight.observations) == expected, "\(one.script)")
            for identifier in sight.identifiers {
                #expect(identifier > lastIdentifiers[one.book] ?? 0)
                lastIdentifiers[one.book] = identifier
            }
        case .failure(is Script.Refusal): #expect(expected == .refused, "\(one.script)")
        case .failure(is StorageFault): #expect(expected == .broke, "\(one.script)")
        case .failure(let error): throw error
        }
    }

    /// How many batches' bodies ran before the batch before theirs was written, since the last start.
    var aheadCount: Int { test.database.counts.aheads }

    /// The database itself, read by another connection, before and after the next start.
    mutating func compareAll() throws {
        for _ in 0..<2 {
            for book in books {
                let model = try #require(models[book])
                let (boxes, entries) = try test.read(book) { rows in
                    var entries: [[UInt8]] = []
                    try rows.events(after: 0, limit: 1_000_000) { entries.append(Array($1)) }
                    return (try rows.select(Box.self, "TRUE ORDER BY id"), entries)
                }
                #expect(boxes == model.boxes.values.sorted { $0.id < $1.id })
                #expect(entries == model.entries)
                let head = try test.read(book) { $0.head }
                #expect(head.sequence == Int64(model.entries.count))
            }
            try test.reopen()
        }
    }
}

/// What callers were told, in the order they were told it.
final class ServedScripts {
    struct One {
        let script: Script
        let book: BookID
        let result: Result<Script.Sight, any Error>
    }

    var inOrder: [One] = []
}
