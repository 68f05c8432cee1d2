import SummaTestKit
import Testing

@testable import Storage

@Suite("What stands in no run yet")
struct RunTailTests {
    @Test(
        "is found as a list of everything would find it, whatever came and was taken away",
        arguments: SeededGenerator.seeds(20), [false, true])
    func agreesWithList(seed: UInt64, isList: Bool) {
        var random = SeededGenerator(seed: seed)
        var tail = RunTail(isList: isList)
        var list: [RunEntry] = []
        // Hashes that fall on few slots, so that probes run into each other.
        let hashes = (0..<40).map { UInt64($0 % 5) << 60 | UInt64($0) }
        for id in Int64(1)...400 {
            if random.next() % 10 == 0 {
                let count = Int(random.next() % UInt64(list.count + 1))
                tail.truncate(to: count)
                list.removeLast(list.count - count)
            }
            let entry = RunEntry(hash: hashes[Int(random.next() % 40)], id: id)
            tail.append(entry)
            list.append(entry)
            let sought = hashes[Int(random.next() % 40)]
            let through = Int64(random.next() % 400)
            var found: [Int64] = []
            tail.collect(sought, through: through, limit: 7, into: &found)
            let expected = list.reversed().filter { $0.hash == sought && $0.id <= through }.map(\.id).prefix(7)
            #expect(found == Array(expected))
        }
        #expect(tail.count == list.count)
    }

    @Test("is found page by page in a long list, and where two lists share a hash", arguments: [false, true])
    func findsFarBack(isMixed: Bool) {
        var tail = RunTail(isList: true)
        var ids = (Int64(1)...3_000).map { $0 * 2 }
        if isMixed { ids += (Int64(1)...50).map { $0 * 3 } }
        for id in ids { tail.append(RunEntry(hash: 9, id: id)) }
        for through: Int64 in [0, 1, 2, 3, 149, 150, 151, 2_999, 5_999, 6_000, 6_001, .max] {
            var found: [Int64] = []
            tail.collect(9, through: through, limit: 5, into: &found)
            #expect(found == Array(ids.reversed().filter { $0 <= through }.prefix(5)), "\(through)")
        }
    }

    @Test("names a row once that stands under one value twice")
    func namesOnce() {
        var tail = RunTail()
        for id in Int64(1)...3 { for _ in 1...2 { tail.append(RunEntry(hash: 9, id: id)) } }
        var found: [Int64] = []
        tail.collect(9, through: 2, limit: .max, into: &found)
        #expect(found == [2, 1])
    }
}

@Suite("A run's filter")
struct RunFilterTests {
    @Test("knows every hash that was put in, and passes few others")
    func filters() {
        var random = SeededGenerator(seed: 1)
        let hashes = (0..<20_000).map { _ in random.next() }
        var filter = RunFilter(count: hashes.count)
        for hash in hashes { filter.insert(hash) }
        #expect(hashes.allSatisfy(filter.mayContain))
        let passed = (0..<20_000).count { _ in filter.mayContain(random.next()) }
        #expect(passed < 200, "\(passed) of 20,000")
        #expect(!RunFilter(count: 0).mayContain(1))
    }
}

@Suite("The hash of a key")
struct KeyHashTests {
    private func hash(_ text: String, book: Int64 = 1, seed: UInt64 = 5) -> UInt64 {
        var hash = KeyHash(book: BookID(rawValue: book), seed: seed)
        text.add(to: &hash)
        return hash.value
    }

    @Test("is for ever: numbers in files are found by it")
    func isForEver() {
        #expect(hash("order-1") == 0xfaf6f5e1d2bb2fd8)
        #expect(hash("a longer text than one word") == 0xef752a8ed1538218)
    }

    @Test("differs by book, by seed, by each letter and by the length")
    func differs() {
        let texts = ["", "\0", "\0\0", "a", "b", "aaaaaaaa", "aaaaaaab", "aaaaaaaa\0", "caf\u{E9}", "cafe\u{301}"]
        let hashes = texts.map { hash($0) } + [hash("a", book: 2), hash("a", seed: 6)]
        #expect(Set(hashes).count == hashes.count)
    }
}
