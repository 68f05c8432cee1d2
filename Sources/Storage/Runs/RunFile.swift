import Glibc

/// A run of rows that lie still: for each key its entries sorted by hash and internal id, in a file that never changes.
///
/// In memory are the first entry of each page and the filters, nothing else: a look-up that passes the filter reads one page.
/// Safe on any thread.
package final class RunFile: Sendable {
    /// Where the entries of one key lie.
    private struct Section {
        let firstPage: Int
        let entryCount: Int
        /// The first entry of each page.
        let fences: ContiguousArray<RunEntry>
        let filter: RunFilter?
    }

    static let magic: UInt64 = 0x6e75_722d_616d_6d75

    let identity: RunIdentity
    private let path: String
    private let descriptor: Int32
    private let sections: [Section]

    /// Opens a file and looks at every page of it. Nil when it is missing, damaged, or another run's: it is made anew then.
    init?(_ identity: RunIdentity, in directory: String, keyCount: Int) {
        self.identity = identity
        path = directory + "/" + identity.fileName
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard let sections = Self.readSections(descriptor, identity, keyCount: keyCount) else {
            close(descriptor)
            return nil
        }
        self.sections = sections
    }

    deinit { close(descriptor) }

    // MARK: Finding

    /// Adds the ids filed under a hash to `ids`, the latest first, none above `through`, until there are `limit`; each once.
    /// - Throws: `StorageFault.damaged` when a page is not what was written: the process stops, and the next start makes the
    ///   run anew.
    func collect(
        key: Int, _ hash: UInt64, through: Int64, limit: Int, into ids: inout [Int64]
    ) throws(StorageFault) {
        let section = sections[key]
        if let filter = section.filter, !filter.mayContain(hash) { return }
        var page = section.fences.countBefore(RunEntry(hash: hash, id: through), includingSame: true) - 1
        while page >= 0, ids.count < limit {
            let isDone = try withPage(section.firstPage + page) { content in
                let count = min(RunPage.entryCount, section.entryCount - page * RunPage.entryCount)
                return Self.collect(content, count, hash, through: through, limit: limit, into: &ids)
            }
            if isDone { return }
            page -= 1
        }
    }

    /// Answers true when a lower hash was met: nothing more stands on the pages before.
    private static func collect(
        _ content: UnsafeRawBufferPointer, _ count: Int, _ hash: UInt64, through: Int64, limit: Int,
        into ids: inout [Int64]
    ) -> Bool {
        var low = 0
        var high = count
        let sought = RunEntry(hash: hash, id: through)
        while low < high {
            let middle = (low + high) / 2
            if sought < RunEntry(content, at: middle) { high = middle } else { low = middle + 1 }
        }
        while low > 0, ids.count < limit {
            let entry = RunEntry(content, at: low - 1)
            guard entry.hash == hash else { return true }
            if ids.last != entry.id { ids.append(entry.id) }
            low -= 1
        }
        return false
    }

    private func withPage<T>(_ place: Int, _ body: (UnsafeRawBufferPointer) -> T) throws(StorageFault) -> T {
        let found: T? = withUnsafeTemporaryAllocation(byteCount: RunPage.byteCount, alignment: 16) { page in
            guard Self.read(descriptor, page, at: place), RunPage.isSound(UnsafeRawBufferPointer(page), place: place)
            else { return nil }
            return body(RunPage.content(of: UnsafeRawBufferPointer(page)))
        }
        guard let found else { throw .damaged("page \(place) of \(path) is not what was written") }
        return found
    }

    // MARK: Opening

    private static func readSections(
        _ descriptor: Int32, _ identity: RunIdentity, keyCount: Int
    ) -> [Section]? {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * RunPage.byteCount, alignment: 16)
        defer { chunk.deallocate() }
        var pages = RunFilePages(descriptor, chunk)
        guard let header = pages.next(), header.word(0) == magic, header.word(1) == identity.sum,
            header.word(2) == UInt64(keyCount)
        else { return nil }
        let words = (0..<keyCount).map { header.word(3 + $0) }
        var sections: [Section] = []
        for word in words {
            guard let section = readSection(Int(word >> 1), isFiltered: word & 1 == 1, from: &pages) else { return nil }
            sections.append(section)
        }
        return pages.isAtEnd ? sections : nil
    }

    private static func readSection(_ entryCount: Int, isFiltered: Bool, from pages: inout RunFilePages) -> Section? {
        let firstPage = pages.place
        var fences: ContiguousArray<RunEntry> = []
        for _ in 0..<(entryCount + RunPage.entryCount - 1) / RunPage.entryCount {
            guard let page = pages.next() else { return nil }
            fences.append(RunEntry(page, at: 0))
        }
        guard isFiltered else {
            return Section(firstPage: firstPage, entryCount: entryCount, fences: fences, filter: nil)
        }
        let wordCount = RunFilter(count: entryCount).words.count
        var words: ContiguousArray<UInt64> = []
        words.reserveCapacity(wordCount)
        while words.count < wordCount {
            guard let page = pages.next() else { return nil }
            for index in 0..<min(RunPage.contentByteCount / 8, wordCount - words.count) {
                words.append(page.word(index))
            }
        }
        return Section(
            firstPage: firstPage, entryCount: entryCount, fences: fences, filter: RunFilter(words: words))
    }

    static func read(_ descriptor: Int32, _ page: UnsafeMutableRawBufferPointer, at place: Int) -> Bool {
        pread(descriptor, page.baseAddress, page.count, off_t(place * RunPage.byteCount)) == page.count
    }
}

extension ContiguousArray<RunEntry> {
    /// How many of the ascending entries stand before this one.
    fileprivate func countBefore(_ sought: RunEntry, includingSame: Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let isBefore = includingSame ? !(sought < self[middle]) : self[middle] < sought
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension UnsafeRawBufferPointer {
    func word(_ index: Int) -> UInt64 { UInt64(littleEndian: load(fromByteOffset: index * 8, as: UInt64.self)) }
}
