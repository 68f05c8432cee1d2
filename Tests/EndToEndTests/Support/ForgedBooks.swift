import EventLog
import Foundation
import JSON
import Storage

/// A copy of a data directory, changed behind the engine's back by somebody who dropped the triggers first.
struct ForgedBooks {
    let path: String
    private let connection: SQLiteConnection

    init(copyOf original: String, at path: String) throws {
        try FileManager.default.copyItem(atPath: original, toPath: path)
        self.path = path
        connection = try SQLiteConnection(path: Database.file(in: path), access: .readWrite)
        for name in try texts("SELECT name FROM sqlite_master WHERE type = 'trigger'") {
            try connection.execute("DROP TRIGGER \(name)")
        }
    }

    func execute(_ sql: String) throws { try connection.execute(sql) }

    func texts(_ sql: String) throws -> [String] {
        let statement = try connection.statement(sql)
        var texts: [String] = []
        while try statement.step() {
            var columns = statement.columns
            texts.append(columns.text())
        }
        statement.reset()
        return texts
    }

    /// Rewrites an event with care: its leaf, the tiles and the head are made to agree again.
    func rewriteWithCare(_ sequence: Int64, replacing old: String, with new: String, in book: Int64) throws {
        try execute(
            """
            UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '\(old)', '\(new)') AS BLOB)
            WHERE book = \(book) AND sequence = \(sequence)
            """)
        try makeTreeAgree(in: book)
    }

    /// Makes head and tiles those of the events there are now, as somebody would who knows how they are made.
    func makeTreeAgree(in book: Int64) throws {
        var edge = RightEdge()
        var tiles: [TileHash] = []
        for text in try texts("SELECT hex(bytes) FROM event WHERE book = \(book) ORDER BY sequence") {
            edge.append(.leaf(Hex.decode(text.lowercased()) ?? []), completing: &tiles)
        }
        try execute("DELETE FROM tile WHERE book = \(book)")
        for tile in tiles {
            try execute(
                """
                INSERT INTO tile (book, level, tile_index, hashes)
                VALUES (\(book), \(tile.level), \(tile.index), x'\(Hex.encode(tile.hash.bytes))')
                """)
        }
        try execute(
            "UPDATE head SET sequence = \(edge.size), tree = x'\(Hex.encode(edge.encoded))' WHERE book = \(book)")
    }
}
