/// What the bodies of a batch did to one book: written in one transaction, while those of the next may run already.
final class BookChanges {
    /// The book as the bodies found it.
    let base: Head
    /// As they leave it. The tree is still that of `base`: it grows when the entries are written.
    let head: Head
    let entries: LogEntries
    private let tables: [any AnyTableChanges]
    /// The head in the database once this has been written; nil while it has not, or where there was nothing to write.
    private(set) var writtenHead: Head?

    init(base: Head, head: Head, entries: LogEntries, tables: [any AnyTableChanges]) {
        self.base = base
        self.head = head
        self.entries = entries
        self.tables = tables
    }

    var book: BookID { base.book }

    /// Identifiers count: one that was answered to a caller is never given out again.
    private var isEmpty: Bool { head.batch == base.batch }

    /// Writes rows, entries, tree and head.
    /// - Parameter locked: The head as the database has it, locked.
    func write(over locked: Head, on connection: any WriterConnection, log: any LogExtension) throws {
        guard !isEmpty else { return }
        for table in tables { try table.write(to: connection, book: book) }
        var head = head
        head.tree = locked.tree
        if entries.count > 0 { try append(to: &head.tree, on: connection, log: log) }
        try connection.updateHead(head)
        writtenHead = head
    }

    private func append(to tree: inout [UInt8], on connection: any WriterConnection, log: any LogExtension) throws {
        let first = base.sequence + 1
        try connection.append(entries, firstSequence: first, book: book)
        let tiles: [LogTile]
        do {
            tiles = try log.extend(&tree, by: entries, firstSequence: first)
        } catch let fault as StorageFault {
            throw fault
        } catch {
            throw StorageFault.disagrees("\(error)")
        }
        try connection.write(tiles, book: book)
    }

    /// The commit is known to have happened. Called by whoever commits.
    func letGo() {
        for table in tables { table.letGo() }
    }

    /// The commit is known to have happened. Called by whoever runs bodies.
    func settle() {
        for table in tables { table.settle() }
    }
}
