import EventLog
import Foundation
import Storage

/// Puts a backup back where there is no database. Keys and checkpoints that are there already stay: checkpoints that outlived
/// the database tell what it has forgotten.
struct Restoration {
    let source: BackupDirectory
    let place: InstallationPlace

    private var directory: DataDirectory { place.directory }

    /// The database comes last, only when it is whole, and with the mark that nobody may write to it before it has begun an
    /// epoch. If the process dies in between, there is still no database, and it is run again.
    func run() throws -> BackupManifest {
        let manifest = try source.manifest()
        try demandEmpty(manifest)
        try directory.make()
        try source.asDataDirectory.copyBeside(to: directory, withKeys: true)
        try directory.demandKeys()
        switch place.database {
        case .directory(let path): try restoreFile(to: path)
        case .postgres(let address): try PostgresRestore(dump: source.postgresFile, address: address).run()
        }
        return manifest
    }

    private func demandEmpty(_ manifest: BackupManifest) throws {
        switch (place.database, manifest.kind) {
        case (.directory(let path), .sqlite):
            // A write-ahead log or side files of another database would be taken for this one's.
            for name in ["summa.sqlite", "summa.sqlite-wal", "summa.sqlite-shm", "runs"]
            where FileManager.default.fileExists(atPath: "\(path)/\(name)") {
                throw CommandFailure("\(path)/\(name) is there: a backup is put back where there is no database")
            }
        case (.postgres(let address), .postgres):
            guard try PostgresStore.isEmpty(address) else {
                throw CommandFailure("the PostgreSQL database has tables: a backup is put back into an empty one")
            }
        case (_, .sqlite): throw CommandFailure("\(source.path) is of a data directory: leave out --store")
        case (_, .postgres): throw CommandFailure("\(source.path) is of a PostgreSQL database: give it with --store")
        }
    }

    private func restoreFile(to path: String) throws {
        let draft = Database.file(in: path) + ".restoring"
        unlink(draft)
        try DurableCopy.copy(source.sqliteFile, to: draft, mode: 0o600)
        try SQLiteCopy.markRestored(draft)
        guard rename(draft, Database.file(in: path)) == 0 else {
            throw InstallationFault.cannot("rename", draft)
        }
        try DurableCopy.syncNames(in: path)
    }
}

/// What lies beside a database: the keys, and what was signed.
extension DataDirectory {
    /// Copies keys and checkpoints into another directory, each with its mode. Keys that are there must be the same; checkpoints
    /// that are there stay as they are, all of them.
    func copyBeside(to other: DataDirectory, withKeys: Bool) throws {
        if withKeys {
            try copyKey(logKeyFile, to: other.logKeyFile)
            try copyKey(installationKeyFile, to: other.installationKeyFile)
        }
        try copyKey(verifierKeyFile, to: other.verifierKeyFile)
        if hasToldKeys, !other.hasToldKeys { try other.noteKeysTold() }
        guard FileManager.default.fileExists(atPath: checkpointDirectory),
            !FileManager.default.fileExists(atPath: other.checkpointDirectory)
        else { return }
        try copyCheckpoints(to: other)
    }

    /// Keys without which the books could neither be read nor go on.
    func demandKeys() throws {
        for file in [logKeyFile, verifierKeyFile, installationKeyFile]
        where !FileManager.default.fileExists(atPath: file) {
            throw CommandFailure("\(file) is missing, and the backup has none: put it there first")
        }
    }

    private func copyKey(_ file: String, to other: String) throws {
        guard let bytes = try DurableFile(path: file).contents() else { return }
        if let known = try DurableFile(path: other).contents() {
            guard known == bytes else { throw CommandFailure("\(other) is another key than the backup's") }
            return
        }
        try DurableFile(path: other, mode: 0o600).replace(with: bytes)
    }

    /// Under another name first: half of the checkpoints would tell less than was signed.
    private func copyCheckpoints(to other: DataDirectory) throws {
        let draft = other.checkpointDirectory + ".restoring"
        try? FileManager.default.removeItem(atPath: draft)
        guard mkdir(draft, 0o755) == 0 else { throw InstallationFault.cannot("make", draft) }
        for name in try FileManager.default.contentsOfDirectory(atPath: checkpointDirectory)
        where !name.hasSuffix(".tmp") {
            try DurableCopy.copy("\(checkpointDirectory)/\(name)", to: "\(draft)/\(name)", mode: 0o644)
        }
        try DurableCopy.syncNames(in: draft)
        guard rename(draft, other.checkpointDirectory) == 0 else { throw InstallationFault.cannot("rename", draft) }
        try DurableCopy.syncNames(in: other.path)
    }
}
