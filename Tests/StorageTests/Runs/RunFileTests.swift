import Foundation
import SummaTestKit
import Testing

@testable import Storage

@Suite("The file of a run")
struct RunFileTests {
    private let place: TemporaryDirectory
    private let directory: DurableDirectory
    private let identity = RunIdentity(
        number: 3, table: "parcel", seed: 5, ranges: [RunRange(book: .first, after: 0, through: 5_000)])
    /// More than one page, and values that go over the end of one.
    private let entries = (Int64(1)...5_000).map { RunEntry(hash: UInt64($0 % 7) << 61 | 3, id: $0) }

    init() throws {
        place = try TemporaryDirectory()
        directory = try DurableDirectory(place.path)
        try write()
    }

    private func write() throws {
        let unique = ContiguousArray(
            (Int64(1)...1_000).map { RunEntry(hash: UInt64($0) &* 0x9E37_79B9_7F4A_7C15, id: $0) })
        try RunFileWriter.write([(unique, true), (ContiguousArray(entries), false)], as: identity, in: directory)
    }

    private func open(_ identity: RunIdentity? = nil, keyCount: Int = 2) -> RunFile? {
        RunFile(identity ?? self.identity, in: place.path, keyCount: keyCount)
    }

    private var path: String { place.path + "/" + identity.fileName }

    @Test("answers pages of a value's rows, the latest first, over the ends of its own pages")
    func findsPages() throws {
        let file = try #require(open())
        for hash in Set(entries.map(\.hash)) {
            let all = Array(entries.filter { $0.hash == hash }.map(\.id).reversed())
            for (through, limit) in [(Int64.max, Int.max), (2_500, 300), (2_501, 1), (7, 10), (0, 5)] {
                var found: [Int64] = []
                try file.collect(key: 1, hash, through: through, limit: limit, into: &found)
                #expect(found == Array(all.filter { $0 <= through }.prefix(limit)))
            }
        }
        var found: [Int64] = []
        try file.collect(key: 1, 4, through: .max, limit: 9, into: &found)
        #expect(found == [])
    }

    @Test("finds each unique value, and no other")
    func findsUnique() throws {
        let file = try #require(open())
        for id in Int64(0)...1_001 {
            var found: [Int64] = []
            try file.collect(key: 0, UInt64(id) &* 0x9E37_79B9_7F4A_7C15, through: .max, limit: .max, into: &found)
            #expect(found == ((1...1_000).contains(id) ? [id] : []))
        }
    }

    @Test("is not believed where one bit of it has changed, anywhere")
    func noticesDamage() throws {
        let whole = try Data(contentsOf: URL(filePath: path))
        var random = SeededGenerator(seed: 2)
        for place in (0..<64).map({ _ in Int(random.next() % UInt64(whole.count)) }) + [0, whole.count - 1] {
            var damaged = whole
            damaged[place] ^= 1 << UInt8(random.next() % 8)
            try damaged.write(to: URL(filePath: path))
            #expect(open() == nil, "byte \(place)")
        }
        try whole.write(to: URL(filePath: path))
        #expect(open() != nil)
    }

    @Test("is not believed where it is cut, longer, or its pages have changed places")
    func noticesCuts() throws {
        let whole = try Data(contentsOf: URL(filePath: path))
        let page = RunPage.byteCount
        let swapped =
            whole[..<page] + whole[(2 * page)..<(3 * page)] + whole[page..<(2 * page)] + whole[(3 * page)...]
        for other in [whole.dropLast(), whole.dropLast(page), whole + Data(count: page), swapped, Data()] {
            try other.write(to: URL(filePath: path))
            #expect(open() == nil)
        }
    }

    @Test("is not taken for another run, another table's, another database's or one of other keys")
    func knowsItself() throws {
        let others = [
            RunIdentity(number: 3, table: "parcel", seed: 6, ranges: identity.ranges),
            RunIdentity(number: 3, table: "parcel", seed: 5, ranges: []),
            RunIdentity(
                number: 3, table: "parcel", seed: 5, ranges: [RunRange(book: .first, after: 0, through: 5_001)]),
        ]
        for other in others { #expect(open(other) == nil) }
        #expect(open(keyCount: 1) == nil)
        try FileManager.default.copyItem(atPath: path, toPath: place.path + "/parcel-4.run")
        #expect(open(RunIdentity(number: 4, table: "parcel", seed: 5, ranges: identity.ranges)) == nil)
    }

    @Test("that is damaged while it is in use stops whoever reads the damaged page")
    func noticesLaterDamage() throws {
        let file = try #require(open())
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.seek(toOffset: UInt64(RunPage.byteCount + 100))
        try handle.write(contentsOf: Data([1, 2, 3]))
        try handle.close()
        var damages = 0
        for id in Int64(1)...1_000 {
            var found: [Int64] = []
            do {
                try file.collect(key: 0, UInt64(id) &* 0x9E37_79B9_7F4A_7C15, through: .max, limit: 1, into: &found)
            } catch {
                #expect(error.stopsProcess)
                damages += 1
            }
        }
        // One page of four.
        #expect((200...300).contains(damages), "\(damages)")
    }
}
