import Glibc

/// Files that are on the disk when the call returns, with the names they were given.
package struct DurableFile {
    let path: String
    /// Who may read a file that is made here: everybody, or its owner alone.
    let mode: mode_t

    package init(path: String, mode: mode_t = 0o644) {
        self.path = path
        self.mode = mode
    }

    /// Nil if there is no such file.
    package func contents() throws(CheckpointPlaceFault) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw fault("open")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw fault("read") }
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// Adds a line at the end. If the process stops in between, a part of it may be there; the next line then begins anew.
    func append(line: [UInt8]) throws(CheckpointPlaceFault) {
        try write(line, flags: O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC)
    }

    /// Puts a whole new file in the place of this one. If the process stops in between, the one before is still there, whole.
    package func replace(with bytes: [UInt8]) throws(CheckpointPlaceFault) {
        let draft = DurableFile(path: path + ".tmp", mode: mode)
        try draft.write(bytes, flags: O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC)
        guard rename(draft.path, path) == 0 else { throw fault("rename") }
        try syncDirectory()
    }

    private func write(_ bytes: [UInt8], flags: Int32) throws(CheckpointPlaceFault) {
        let descriptor = open(path, flags, mode)
        guard descriptor >= 0 else { throw fault("open") }
        defer { close(descriptor) }
        let whole = endsInTornLine(descriptor) ? [UInt8(ascii: "\n")] + bytes : bytes
        var written = 0
        while written < whole.count {
            let count = whole[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw fault("write") }
            written += max(count, 0)
        }
        guard fsync(descriptor) == 0 else { throw fault("sync") }
    }

    private func endsInTornLine(_ descriptor: Int32) -> Bool {
        let end = lseek(descriptor, 0, SEEK_END)
        var last: UInt8 = 0
        return end > 0 && pread(descriptor, &last, 1, end - 1) == 1 && last != UInt8(ascii: "\n")
    }

    /// A new name is durable only when the directory that holds it is.
    private func syncDirectory() throws(CheckpointPlaceFault) {
        let directory = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let descriptor = open(directory.isEmpty ? "." : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault("open directory") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault("sync directory") }
    }

    private func fault(_ call: String) -> CheckpointPlaceFault {
        CheckpointPlaceFault(description: "cannot \(call) \(path): \(String(cString: strerror(errno)))")
    }
}
