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
            try PostgresTool("pg_dump", on: address).run([
                "--format=custom", "--no-owner", "--no-privileges", "--snapshot=\(try snapshot.postgresName())",
                "--file=\(target.postgresFile)",
            ])
            try DurableCopy.secure(target.postgresFile)
            return BackupManifest(kind: .postgres, takenAt: startedAt, heads: snapshot.heads)
        }
    }
}

/// One of PostgreSQL's own programs, which come with its client.
struct PostgresTool {
    private let name: String
    private let address: PostgresAddress

    init(_ name: String, on address: PostgresAddress) {
        self.name = name
        self.address = address
    }

    /// Runs it on the database and waits. It says on standard error what goes wrong.
    /// - Throws: `CommandFailure` when it fails, or is not there.
    func run(_ arguments: [String]) throws {
        let (connection, password) = try address.forTools()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name, "--dbname=\(connection)", "--no-password"] + arguments
        var environment = ProcessInfo.processInfo.environment
        if let password { environment["PGPASSWORD"] = password }
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw CommandFailure("\(name) failed; it comes with PostgreSQL's client, at least as late as the server")
        }
    }
}
