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
        var edge = RightEdge()
        var tiles: [TileHash] = []
        for text in try texts("SELECT hex(bytes) FROM event WHERE book = \(book) ORDER BY sequence") {
            edge.append(.leaf(Hex.decode(text.lowercased()) ?? []), completing: &tiles)
        }
        for tile in tiles {
            try execute(
                """
                UPDATE tile SET hashes = x'\(Hex.encode(tile.hash.bytes))'
                WHERE book = \(book) AND level = \(tile.level) AND tile_index = \(tile.index)
                """)
        }
        try execute("UPDATE head SET tree = x'\(Hex.encode(edge.encoded))' WHERE book = \(book)")
    }
}
