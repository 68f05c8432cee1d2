import EventLog
import JSON
import Storage
import SummaTestKit

/// A real database with one book, `book-1`, whose log is a Merkle tree.
final class TestLog {
    let book: BookID
    private let holder: TestDatabase

    init(book: BookID = .first) throws {
        self.book = book
        holder = try TestDatabase([], books: [book], log: MerkleLog())
    }

    var database: Database { holder.database }
    var clock: ManualClock { holder.clock }
    var directory: String { holder.directory.path }
    /// Why the process would have ended, if it would have.
    var stoppedFor: [StorageFault] { holder.stops }

    func write<T>(_ body: @escaping (inout UnitOfWork) throws -> T) throws -> T {
        try holder.write(book, body)
    }

    /// Appends numbered events in one batch. Answers the last sequence.
    @discardableResult
    func append(_ count: Int) throws -> Int64 {
        try write { work in
            var last = work.nextSequence - 1
            for _ in 0..<count {
                last = work.append(Numbered(number: work.nextSequence), context: EventContext(actor: "test"))
            }
            return last
        }
    }

    func read<T>(_ body: (EventStore) throws -> T) throws -> T {
        try database.read(book) { try body(EventStore($0)) }
    }

    func bytes(at sequence: Int64) throws -> [UInt8] {
        try read { try $0.event(at: sequence)?.bytes ?? [] }
    }

    /// Changes the database behind the engine's back, as nobody may: triggers are dropped first.
    func tamper(_ statements: String...) throws {
        let connection = try holder.raw()
        for table in ["event", "tile", "head"] { try connection.dropTriggers(of: table) }
        for statement in statements { try connection.execute(statement) }
    }

    /// Marks it as a restore does.
    func markRestored() throws { try holder.raw().execute(RestoredMark.markAll) }

    /// Puts other bytes in the place of an event, and nothing else.
    func overwrite(_ sequence: Int64, with bytes: [UInt8]) throws {
        try tamper("UPDATE event SET bytes = x'\(Hex.encode(bytes))' WHERE sequence = \(sequence)")
    }

    /// Makes tiles and head agree with the events again, as somebody would who rewrites history with care.
    func makeConsistent() throws {
        var edge = RightEdge()
        var tiles: [TileHash] = []
        try database.read(book) { rows in
            try rows.events(after: 0, limit: Int(rows.asOf)) { _, bytes in edge.append(.leaf(bytes), completing: &tiles)
            }
        }
        let connection = try holder.raw()
        for tile in tiles {
            try connection.execute(
                """
                UPDATE tile SET hashes = x'\(Hex.encode(tile.hash.bytes))'
                WHERE level = \(tile.level) AND tile_index = \(tile.index)
                """)
        }
        try connection.execute("UPDATE head SET sequence = \(edge.size), tree = x'\(Hex.encode(edge.encoded))'")
    }
}

/// An event that tells nothing but its number.
struct Numbered: EventContent {
    static let type = "summa.sample.numbered"
    static let meaning = "It was this one's turn."
    static let subjectMeaning = "nothing"
    static let fields = [EventField("number", .integer, "which one it is")]
    static let example = Numbered(number: 7)

    let number: Int64
    let subject = "turn"

    init(number: Int64) {
        self.number = number
    }

    init(subject: String, from data: inout JSONFields) throws {
        number = try data.integer("number")
    }

    func write(to data: inout JSONWriter) {
        data.field("number", number)
    }
}

/// A key that every test run has alike.
func testKey(_ seed: UInt8 = 1) throws -> SignerKey {
    try SignerKey(name: "summa.example/log", seed: [UInt8](repeating: seed, count: 32))
}
