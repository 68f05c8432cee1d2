import Glibc

/// Checkpoints in files: for each log `<book>.checkpoint`, the last one as it is published, and `<book>.checkpoints.jsonl`, all
/// of them, one line each as in an export.
///
/// On the disk of the database it only tells a database that was put back from a backup; to tell one that was rewritten, the
/// directory belongs on another machine's disk, or is copied there.
package struct CheckpointDirectory: CheckpointPlace {
    private let path: String
    private static let latestSuffix = ".checkpoint"
    private static let historySuffix = ".checkpoints.jsonl"

    /// Makes the directory when it is not there.
    package init(path: String) throws {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw CheckpointPlaceFault(description: "cannot make \(path): \(String(cString: strerror(errno)))")
        }
        self.path = path
    }

    package func latest() throws -> [SignedNote] {
        try fileNames().filter { $0.hasSuffix(Self.latestSuffix) }.sorted().compactMap { name in
            try DurableFile(path: "\(path)/\(name)").contents().map { try SignedNote($0) }
        }
    }

    /// History first: if the process stops in between, the last checkpoint is the one before, which still holds. Processes that
    /// share the directory take turns, and one that comes late with less leaves what is there.
    package func put(_ note: SignedNote) throws {
        let checkpoint = try Checkpoint(text: note.text)
        guard let origin = LogOrigin(text: checkpoint.origin) else {
            throw CheckpointPlaceFault(description: "the checkpoint is not of a log of ours")
        }
        let name = "\(path)/\(Self.fileName(of: origin.book))"
        let latest = DurableFile(path: name + Self.latestSuffix)
        try alone {
            if let known = try latest.contents(), try Self.reaches(known, checkpoint, of: origin) { return }
            try DurableFile(path: name + Self.historySuffix).append(line: ExportLine.checkpoint(note).bytes)
            try latest.replace(with: Array(note.encoded.utf8))
        }
    }

    /// Whether a checkpoint that was put before is as late as another of the same log.
    private static func reaches(_ known: [UInt8], _ other: Checkpoint, of origin: LogOrigin) throws -> Bool {
        let known = try Checkpoint(text: SignedNote(known).text)
        guard let knownOrigin = LogOrigin(text: known.origin) else { return false }
        return (knownOrigin.epoch, known.size) >= (origin.epoch, other.size)
    }

    /// The kernel lets go of the lock when the process ends, however it ends.
    private func alone(_ body: () throws -> Void) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CheckpointPlaceFault(description: "cannot lock \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        try body()
    }

    /// All checkpoints of a book that were put here, oldest first. A last line that was cut off is left out.
    package func history(of book: String) throws -> [SignedNote] {
        let file = DurableFile(path: "\(path)/\(Self.fileName(of: book))\(Self.historySuffix)")
        let lines = try file.contents()?.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) ?? []
        return lines.dropLast().compactMap { line in
            guard case .checkpoint(let note)? = try? ExportLine(Array(line)) else { return nil }
            return note
        }
    }

    /// A book's name as a file's, whatever it is: every byte but letters, digits, `-` and `_` is written `%xx`.
    private static func fileName(of book: String) -> String {
        book.utf8.map { byte in
            let letter = Character(UnicodeScalar(byte))
            let isPlain = letter.isASCII && (letter.isLetter || letter.isNumber) || letter == "-" || letter == "_"
            return isPlain ? String(letter) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private func fileNames() throws -> [String] {
        guard let directory = opendir(path) else {
            throw CheckpointPlaceFault(description: "cannot read \(path): \(String(cString: strerror(errno)))")
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { name in
                    String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }
}
