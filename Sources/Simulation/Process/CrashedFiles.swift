import Glibc
import Storage

/// A data directory as a process leaves it that ends without another instruction: the database and its write-ahead log, byte
/// for byte as they have been written; not the shared memory beside them, nor side files of keys, which the next start makes anew.
enum CrashedFiles {
    static func copy(from directory: String, to copy: String) throws {
        guard mkdir(copy, 0o700) == 0 else { throw StorageFault.cannotOpen("cannot make \(copy)") }
        for suffix in ["", "-wal"] {
            try copyFile(Database.file(in: directory) + suffix, to: Database.file(in: copy) + suffix)
        }
    }

    /// A file that is not there is not copied.
    private static func copyFile(_ path: String, to copy: String) throws {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { return }
        defer { close(source) }
        let target = open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw StorageFault.cannotOpen("cannot write \(copy)") }
        defer { close(target) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count >= 0 else { throw StorageFault.cannotOpen("cannot read \(path)") }
            if count == 0 { return }
            guard write(target, buffer, count) == count else { throw StorageFault.cannotOpen("cannot write \(copy)") }
        }
    }

    /// Takes a data directory away.
    static func remove(_ directory: String) {
        Database.remove(from: directory)
    }

    /// Takes a database file away, with what lies beside it.
    static func removeDatabase(_ path: String) {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    }
}
