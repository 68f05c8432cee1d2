import Foundation
import Storage

/// Copies an installation as it is at one moment, beside whoever serves it.
struct Backup {
    let place: InstallationPlace
    let target: BackupDirectory
    /// Whether the keys are copied too; without them the backup is useless to a thief, and to us if they are lost.
    let withKeys: Bool

    /// If the process dies in between, the directory stays, without `backup.json`, and no restore takes it.
    func run() throws -> BackupManifest {
        guard place.mayHaveBooks else {
            throw CommandFailure("there is no database in \(place.directory.path) to back up")
        }
        try target.make()
        do {
            let manifest = try copyDatabase()
            try place.directory.copyBeside(to: target.asDataDirectory, withKeys: withKeys)
            try target.seal(manifest)
            return manifest
        } catch {
            target.discard()
            throw error
        }
    }

    private func copyDatabase() throws -> BackupManifest {
        let startedAt = SystemClock().now
        switch place.database {
        case .directory(let directory):
            try SQLiteCopy.write(of: directory, to: target.sqliteFile)
            let heads = try SQLiteCopy.heads(of: target.sqliteFile)
            return BackupManifest(kind: .sqlite, takenAt: startedAt, heads: heads)
        case .postgres(let address):
            let snapshot = try Snapshot(of: place.database)
            try PostgresTool(
                "pg_dump", on: address,
                [
                    "--format=custom", "--no-owner", "--no-privileges", "--snapshot=\(try snapshot.postgresName())",
                    "--file=\(target.postgresFile)",
                ]
            ).run()
            try DurableCopy.secure(target.postgresFile)
            return BackupManifest(kind: .postgres, takenAt: startedAt, heads: snapshot.heads)
        }
    }
}
