import Glibc

/// Copies of large files that are on the disk when the call returns. Never over a file that is there.
package enum DurableCopy {
    /// Copies a file's bytes under a name that is not taken, with the mode given. If the process dies in between, a part of it
    /// may be there: who wants all or nothing copies under another name and renames it.
    package static func copy(_ source: String, to target: String, mode: mode_t) throws(StorageFault) {
        let input = try open(source, O_RDONLY | O_CLOEXEC)
        defer { close(input) }
        let output = try open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        defer { close(output) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(input, &buffer, buffer.count)
            guard count >= 0 else { throw fault("read", source) }
            if count == 0 { break }
            try write(buffer[..<count], to: output, target)
        }
        guard fsync(output) == 0 else { throw fault("sync", target) }
    }

    /// Makes what another program wrote durable, for its owner only.
    package static func secure(_ file: String) throws(StorageFault) {
        let descriptor = try open(file, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0 else { throw fault("sync", file) }
    }

    /// Makes the names in a directory durable.
    package static func syncNames(in directory: String) throws(StorageFault) {
        let descriptor = try open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault("sync", directory) }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to output: Int32, _ target: String) throws(StorageFault) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw fault("write", target) }
            rest = rest.dropFirst(max(count, 0))
        }
    }

    private static func open(_ path: String, _ flags: Int32, _ mode: mode_t = 0) throws(StorageFault) -> Int32 {
        let descriptor = Glibc.open(path, flags, mode)
        guard descriptor >= 0 else { throw fault("open", path) }
        return descriptor
    }

    private static func fault(_ verb: String, _ path: String) -> StorageFault {
        .cannotOpen("cannot \(verb) \(path): \(String(cString: strerror(errno)))")
    }
}
