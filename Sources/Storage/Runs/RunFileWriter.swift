import Glibc

/// Writes a run's file: a first page that says what follows, then for each key its sorted entries and its filter.
///
/// Written under another name, synced, renamed, and the directory synced: under its own name it is whole or not there.
/// If the process dies before the database names it, the next start takes it away.
struct RunFileWriter: ~Copyable {
    private let descriptor: Int32
    private let draftPath: String
    private var pageCount = 0
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * RunPage.byteCount, alignment: 16)
    private var buffered = 0

    static func write(
        _ sections: [(entries: ContiguousArray<RunEntry>, isFiltered: Bool)], as identity: RunIdentity,
        in directory: DurableDirectory
    ) throws(StorageFault) {
        var writer = try RunFileWriter(draft: directory.path + "/" + identity.fileName + ".draft")
        try writer.writeHeader(identity, sections.map { ($0.entries.count, $0.isFiltered) })
        for section in sections {
            let sorted = section.entries.sorted()
            try writer.write(sorted)
            if section.isFiltered { try writer.writeFilter(of: sorted) }
        }
        try writer.finish(as: directory.path + "/" + identity.fileName)
        try directory.sync()
    }

    private init(draft: String) throws(StorageFault) {
        draftPath = draft
        descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.fault("make", draft) }
    }

    deinit {
        buffer.deallocate()
        close(descriptor)
    }

    // MARK: Content

    private mutating func writeHeader(
        _ identity: RunIdentity, _ sections: [(count: Int, isFiltered: Bool)]
    ) throws(StorageFault) {
        try writePage { content in
            content.storeBytes(of: RunFile.magic.littleEndian, as: UInt64.self)
            content.storeBytes(of: identity.sum.littleEndian, toByteOffset: 8, as: UInt64.self)
            content.storeBytes(of: UInt64(sections.count).littleEndian, toByteOffset: 16, as: UInt64.self)
            for (index, section) in sections.enumerated() {
                let word = UInt64(section.count) << 1 | (section.isFiltered ? 1 : 0)
                content.storeBytes(of: word.littleEndian, toByteOffset: 24 + 8 * index, as: UInt64.self)
            }
        }
    }

    private mutating func write(_ entries: [RunEntry]) throws(StorageFault) {
        for first in stride(from: 0, to: entries.count, by: RunPage.entryCount) {
            let end = min(first + RunPage.entryCount, entries.count)
            try writePage { content in
                for index in first..<end { entries[index].write(to: content, at: index - first) }
            }
        }
    }

    private mutating func writeFilter(of entries: [RunEntry]) throws(StorageFault) {
        var filter = RunFilter(count: entries.count)
        for entry in entries { filter.insert(entry.hash) }
        let words = filter.words
        for first in stride(from: 0, to: words.count, by: RunPage.contentByteCount / 8) {
            let end = min(first + RunPage.contentByteCount / 8, words.count)
            try writePage { content in
                for index in first..<end {
                    content.storeBytes(
                        of: words[index].littleEndian, toByteOffset: (index - first) * 8, as: UInt64.self)
                }
            }
        }
    }

    // MARK: Pages

    private mutating func writePage(_ fill: (UnsafeMutableRawBufferPointer) -> Void) throws(StorageFault) {
        if buffered == buffer.count { try flush() }
        let page = UnsafeMutableRawBufferPointer(rebasing: buffer[buffered..<buffered + RunPage.byteCount])
        page.initializeMemory(as: UInt8.self, repeating: 0)
        fill(RunPage.content(of: page))
        RunPage.seal(page, place: pageCount)
        pageCount += 1
        buffered += RunPage.byteCount
    }

    private mutating func flush() throws(StorageFault) {
        var written = 0
        while written < buffered {
            let count = Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffered - written)
            guard count > 0 || errno == EINTR else { throw Self.fault("write", draftPath) }
            written += max(count, 0)
        }
        buffered = 0
    }

    private mutating func finish(as path: String) throws(StorageFault) {
        try flush()
        guard fsync(descriptor) == 0 else { throw Self.fault("sync", draftPath) }
        guard rename(draftPath, path) == 0 else { throw Self.fault("rename", draftPath) }
    }

    private static func fault(_ call: String, _ path: String) -> StorageFault {
        if errno == ENOSPC || errno == EDQUOT { return .diskFull }
        return .damaged("cannot \(call) \(path): \(String(cString: strerror(errno)))")
    }
}
