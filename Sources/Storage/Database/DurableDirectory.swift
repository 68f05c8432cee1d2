import Glibc

/// The directory a database lives in. A file is only as durable as its name in the directory above it, so names are
/// synced too: a power cut after the first commit must not take the whole file.
package struct DurableDirectory {
    let path: String

    /// Makes the directory where it is missing, for its owner only; the one above it has to be there.
    init(_ path: String) throws(StorageFault) {
        self.path = path
        guard mkdir(path, 0o700) == 0 else {
            guard errno == EEXIST else { throw Self.fault("cannot make \(path)") }
            return
        }
        try Self.sync(path + "/..")
    }

    /// Makes the names of the files in it durable.
    func sync() throws(StorageFault) {
        try Self.sync(path)
    }

    private static func sync(_ path: String) throws(StorageFault) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault("cannot open \(path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault("cannot sync \(path)") }
    }

    private static func fault(_ what: String) -> StorageFault {
        .cannotOpen("\(what): \(String(cString: strerror(errno)))")
    }
}
