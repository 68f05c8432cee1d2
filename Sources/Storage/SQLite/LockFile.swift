import Glibc
import Synchronization

/// Holds a data directory for one process: the kernel lets go of it when the process ends, however it ends.
final class LockFile: Sendable {
    /// Nil once it has been let go.
    private let descriptor: Mutex<Int32?>

    /// Throws `cannotOpen` naming the process that holds the directory.
    init(directory: String) throws(StorageFault) {
        let path = directory + "/summa.lock"
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw .cannotOpen("cannot open \(path): \(String(cString: strerror(errno)))")
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.text(of: opened)
            close(opened)
            throw .cannotOpen("\(directory) is in use by process \(holder); talk to it with --url instead")
        }
        descriptor = Mutex(opened)
        let own = "\(getpid())\n"
        guard ftruncate(opened, 0) == 0, pwrite(opened, own, own.utf8.count, 0) == own.utf8.count else {
            throw .cannotOpen("cannot write \(path): \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        release()
    }

    /// Lets another process have the directory.
    func release() {
        descriptor.withLock { held in
            if let descriptor = held.take() { close(descriptor) }
        }
    }

    private static func text(of descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let text = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
        return text.split(separator: "\n").first.map(String.init) ?? "unknown"
    }
}
