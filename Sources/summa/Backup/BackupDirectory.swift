import EventLog
import Foundation
import JSON
import Storage

/// What a backup is: a directory with the database in one file, the keys and checkpoints of that moment, and `backup.json`,
/// which is written last and tells that it is whole.
///
/// Whoever has the keys can read what is private and sign in our name: the directory and all in it are its owner's only.
struct BackupDirectory {
    let path: String

    var sqliteFile: String { path + "/summa.sqlite" }
    var postgresFile: String { path + "/summa.pgdump" }
    private var manifestFile: String { path + "/backup.json" }
    /// Keys and checkpoints lie in it as in a data directory.
    var asDataDirectory: DataDirectory { DataDirectory(path: path) }

    /// Makes the directory, which must not be there: nothing is ever written over a backup.
    func make() throws {
        guard mkdir(path, 0o700) == 0 else { throw InstallationFault.cannot("make", path) }
        try DurableCopy.syncNames(in: path + "/..")
    }

    /// Makes all of it durable, then says that it is whole.
    func seal(_ manifest: BackupManifest) throws {
        try DurableCopy.syncNames(in: path)
        try DurableFile(path: manifestFile, mode: 0o600).replace(with: manifest.json.bytes + [UInt8(ascii: "\n")])
    }

    /// - Throws: `CommandFailure` where there is no backup, or one that was broken off.
    func manifest() throws -> BackupManifest {
        guard let bytes = try DurableFile(path: manifestFile).contents() else {
            throw CommandFailure("\(path) is no whole backup: it has no backup.json, which is written last")
        }
        guard let manifest = try? BackupManifest(JSONValue(parsing: bytes)) else {
            throw CommandFailure("\(path)/backup.json is no description of a backup this version knows")
        }
        return manifest
    }

    /// Takes away what was begun and not finished.
    func discard() { try? FileManager.default.removeItem(atPath: path) }
}

/// What a backup says of itself.
struct BackupManifest: Equatable {
    enum Kind: String {
        case sqlite, postgres
    }

    /// One log, as it stands in the backup.
    struct Book: Equatable {
        let name: String
        let epoch: Int64
        let sequence: Int64
    }

    let kind: Kind
    let takenAt: Instant
    let books: [Book]

    private static let format: Int64 = 1

    init(kind: Kind, takenAt: Instant, heads: [Head]) {
        self.kind = kind
        self.takenAt = takenAt
        books = heads.map { Book(name: $0.name, epoch: $0.epoch, sequence: $0.sequence) }
    }

    init(_ json: JSONValue) throws {
        var fields = try JSONFields(json)
        let format = try fields.integer("summa_backup")
        let kind = Kind(rawValue: try fields.string("store", maxLength: 16))
        let takenAt = Instant(text: try fields.string("taken_at", maxLength: 64))
        guard format == Self.format, let kind, let takenAt else { throw CommandFailure("another format") }
        self.kind = kind
        self.takenAt = takenAt
        books = try fields.objects("books", maxCount: 1 << 20).map { fields in
            var fields = fields
            return Book(
                name: try fields.string("book", maxLength: 64), epoch: try fields.integer("epoch"),
                sequence: try fields.integer("sequence"))
        }
    }

    var json: JSONValue {
        .object([
            ("summa_backup", .integer(Self.format)), ("store", .string(kind.rawValue)),
            ("taken_at", .string("\(takenAt)")),
            (
                "books",
                .array(
                    books.map {
                        .object([
                            ("book", .string($0.name)), ("epoch", .integer($0.epoch)),
                            ("sequence", .integer($0.sequence)),
                        ])
                    })
            ),
        ])
    }

    /// The books and how far they go, for people.
    var table: String {
        var table = TextTable(["book", "epoch", "events"])
        for book in books { table.add([book.name, "\(book.epoch)", "\(book.sequence)"]) }
        return table.text
    }
}
