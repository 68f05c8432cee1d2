import Storage
import SummaTestKit
import Testing

@Suite("Rows kept in memory")
struct CacheTests {
    @Test("are bounded in bytes, long texts included", arguments: [false, true])
    func boundsBytes(areLoaded: Bool) throws {
        let bytesMax = 1 << 20
        let test = try TestEngine { $0.cacheBytesMax = bytesMax }
        let batches = stride(from: Int64(0), to: 4_000, by: 100).map { $0..<$0 + 100 }
        if areLoaded { for ids in batches { try test.test.write { insert(ids, in: &$0) } } }
        for ids in batches {
            try test.write { work in
                if !areLoaded { return insert(ids, in: &work) }
                for id in ids { _ = try work.find(Box.self, id) }
            }
            // A batch may bring the young rows over their half by what it touched itself.
            #expect(test.engine.measures.current.cacheBytes <= bytesMax + 300_000)
        }
        #expect(test.engine.measures.current.cacheBytes > bytesMax / 4)
    }

    private func insert(_ ids: Range<Int64>, in work: inout UnitOfWork) {
        for id in ids { work.insert(Box(id: id, label: "\(id) " + String(repeating: "x", count: 1_000))) }
    }

    @Test("are found again when they have been forgotten")
    func findsForgottenRows() throws {
        let test = try TestEngine { $0.cacheBytesMax = 1 }
        for id in Int64(1)...5 { try test.write { $0.insert(Box(id: id, label: "l\(id)", shelf: 1)) } }
        #expect(try test.write { try $0.group(Box.byShelf, 1).map(\.id) } == [1, 2, 3, 4, 5])
        #expect(try test.write { try $0.find(Box.byLabel, "l2")?.id } == 2)
        #expect(test.connection.loadedKeys > 0)
    }

    @Test("of a book nobody uses any more are forgotten with all that was known of it")
    func forgetsQuietBooks() throws {
        let books = (1...200).map { BookID(rawValue: $0) }
        let test = try TestEngine(books: books) { $0.cacheBytesMax = 100_000 }
        for book in books { try test.write(book) { $0.insert(Box(id: 1)) } }
        #expect(test.engine.measures.current.cacheBytes < 110_000)
        #expect(try test.write(books[0]) { try $0.find(Box.self, 1) } == Box(id: 1))
    }

    @Test("are dropped when another process has written to their book, and kept when it wrote to another")
    func dropsStaleRows() throws {
        let second = BookID(rawValue: 2)
        let test = try TestEngine(books: [.first, second])
        for book in [.first, second] { try test.write(book) { $0.insert(Box(id: 1, label: "a", content: 1)) } }
        let loaded = test.connection.loadedKeys
        try test.test.write { work in
            var box = try #require(try work.find(Box.self, 1))
            box.content = 2
            work.update(box)
            work.append()
        }
        #expect(try test.write { try $0.find(Box.self, 1)?.content } == 2)
        #expect(test.connection.loadedKeys == loaded + 1)
        #expect(try test.write(second) { try $0.find(Box.self, 1)?.content } == 1)
        #expect(test.connection.loadedKeys == loaded + 1)
        #expect(try test.write { $0.append() } == 2)
    }

    @Test("of a book that nobody else wrote to are not read again")
    func staysWithoutOtherWriter() throws {
        let test = try TestEngine()
        for content in Int64(0)..<10 {
            try test.write { work in
                if var box = try work.find(Box.self, 1) {
                    box.content = content
                    work.update(box)
                } else {
                    work.insert(Box(id: 1))
                }
            }
        }
        #expect(test.connection.loadedKeys == 1)
    }
}
