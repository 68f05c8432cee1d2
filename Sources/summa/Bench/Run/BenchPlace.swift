import Foundation
import Glibc
import Storage

/// Where one load writes.
struct BenchPlace: Sendable {
    let directory: String
    /// A database server's address; nil for a SQLite file in the directory.
    let store: String?
    let seed: UInt64
    /// Whether everything that was written is checked at the end.
    let isVerified: Bool

    /// Opens empty books for the length of some work. Afterwards they have been verified and removed.
    /// - Throws: `CommandFailure` when what was written is not right.
    func withBooks<T>(
        _ configuration: Database.Configuration = Database.Configuration(),
        _ body: (Installation) async throws -> T
    ) async throws -> T {
        let result: T
        do { result = try await open(configuration, body) } catch {
            remove()
            throw error
        }
        try verifyAndRemove()
        return result
    }

    /// Opens the books as they are: for a load that ends and begins again in the middle.
    func open<T>(
        _ configuration: Database.Configuration = Database.Configuration(), _ body: (Installation) async throws -> T
    ) async throws -> T {
        if let store { throw CommandFailure("\(store): this build opens SQLite files only") }
        return try await Installation.with(directory, configuration: configuration, body)
    }

    /// - Throws: `CommandFailure` when what was written is not right; it is removed all the same.
    func verifyAndRemove() throws {
        defer { remove() }
        guard isVerified else { return }
        let report = try Verification(data: directory).run { Progress.show("verify: replayed \($0) events") }
        guard report.isRight else { throw CommandFailure("what was written is not right:\n\(report.text)") }
    }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }

    /// A place of its own for other books of the same load.
    func beside(_ name: String) -> BenchPlace {
        BenchPlace(directory: "\(directory)-\(name)", store: store, seed: seed, isVerified: isVerified)
    }

    /// What the books take on the disk, all included.
    var bytesOnDisk: Int64 {
        let files = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
        return files.reduce(0) { sum, file in
            var status = Glibc.stat()
            return lstat("\(directory)/\(file)", &status) == 0 ? sum + Int64(status.st_blocks) * 512 : sum
        }
    }
}
