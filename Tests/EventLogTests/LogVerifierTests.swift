import EventLog
import Storage
import Testing

@Suite("The verifier of an exported log")
struct LogVerifierTests {
    /// An export of `count` events with checkpoints at the given sizes, made without a database.
    private func lines(_ count: Int, checkpointsAt sizes: [Int], key: SignerKey? = nil) throws -> [[UInt8]] {
        let key = try key ?? testKey()
        var lines = [ExportLine.header(book: "main", size: UInt64(count)).bytes]
        var tree = RightEdge()
        for number in 1...count {
            var bytes: [UInt8] = []
            Numbered(number: Int64(number)).writeDocument(
                id: EventID(book: "main", epoch: 1, sequence: Int64(number)),
                time: Instant(microseconds: 1_700_000_000_000_000 + Int64(number)),
                context: EventContext(actor: "test"), to: &bytes)
            lines.append(ExportLine.event(bytes).bytes)
            tree.append(.leaf(bytes))
            guard sizes.contains(number) else { continue }
            let checkpoint = Checkpoint(origin: "summa/main/1", size: tree.size, root: tree.root)
            lines.append(ExportLine.checkpoint(try checkpoint.signed(by: key)).bytes)
        }
        return lines
    }

    private func verify(_ lines: [[UInt8]], keys: [VerifierKey]? = nil) throws -> LogVerification {
        var verifier = LogVerifier(keys: try keys ?? [testKey().verifier])
        for line in lines { verifier.take(line) }
        return verifier.finish()
    }

    @Test("finds nothing wrong with a sound one, and says what it read")
    func sound() throws {
        let verification = try verify(lines(10, checkpointsAt: [4, 10]))
        #expect(verification.findings == [])
        #expect(verification.isSound)
        #expect(verification.book == "main")
        #expect(verification.size == 10)
        #expect(verification.checkpoint?.size == 10)
        #expect(verification.root == verification.checkpoint?.root)
    }

    @Test("does not care where the pieces of the file end", arguments: [1, 7, 64, 1_000_000])
    func pieces(size: Int) throws {
        let file = try lines(10, checkpointsAt: [4, 10]).flatMap(\.self)
        let pieces = stride(from: 0, to: file.count, by: size).map { Array(file[$0..<min($0 + size, file.count)]) }
        #expect(try verify(pieces).isSound)
    }

    @Test("finds any one changed byte")
    func everyByte() throws {
        let file = try lines(2, checkpointsAt: [2]).flatMap(\.self)
        for position in file.indices {
            var changed = file
            changed[position] ^= 1
            if try verify([changed]).isSound { Issue.record("byte \(position) was changed and not found") }
        }
    }

    @Test("names between which checkpoints an event was changed that still looks like one")
    func changedEvent() throws {
        var lines = try lines(12, checkpointsAt: [4, 8, 12])
        let text = String(decoding: lines[7], as: UTF8.self)
        lines[7] = Array(text.replacing(#""actor":"test""#, with: #""actor":"tess""#).utf8)
        #expect(try verify(lines).findings == [.notWhatWasSigned(5...8)])
    }

    @Test("names events that are missing, swapped, told twice or of another book")
    func misplacedEvents() throws {
        var lines = try lines(5, checkpointsAt: [5])
        let sound = lines
        lines.swapAt(2, 3)
        #expect(
            try verify(lines).findings.prefix(2) == [
                .otherEvent(2, found: "main/1/3"), .otherEvent(3, found: "main/1/2"),
            ])
        lines = sound
        lines.remove(at: 2)
        #expect(try verify(lines).findings.first == .otherEvent(2, found: "main/1/3"))
        #expect(try verify(lines).findings.contains(.missingEvents(5...5)))
        lines = sound
        lines.insert(lines[2], at: 2)
        #expect(try verify(lines).findings.first == .otherEvent(3, found: "main/1/2"))
        #expect(try verify(lines).findings.contains(.surplusEvents(after: 5)))
        lines = sound
        lines[1] = Array(String(decoding: lines[1], as: UTF8.self).replacing("main", with: "other").utf8)
        #expect(try verify(lines).findings.first == .otherEvent(1, found: "other/1/1"))
    }

    @Test("names an event that is earlier than the one before it, by time or by epoch")
    func wentBack() throws {
        var lines = try lines(3, checkpointsAt: [3])
        lines[3] = Array(String(decoding: lines[3], as: UTF8.self).replacing("2023-11-14", with: "2023-11-13").utf8)
        #expect(try verify(lines).findings.first == .wentBack(3))
        lines[2] = Array(String(decoding: lines[2], as: UTF8.self).replacing("main/1/2", with: "main/2/2").utf8)
        #expect(try verify(lines).findings.prefix(2) == [.cutNotTold(2), .wentBack(3)])
    }

    @Test("names bytes that are no event")
    func notAnEvent() throws {
        var lines = try lines(3, checkpointsAt: [3])
        lines[2] = Array("{\"specversion\":\"1.0\"}\n".utf8)
        #expect(try verify(lines).findings.first == .notAnEvent(2, .missing("id")))
    }

    @Test("names events that no checkpoint signs, a cut tail, and a file cut within a line")
    func cut() throws {
        #expect(try verify(lines(5, checkpointsAt: [3])).findings == [.notSigned(4...5)])
        #expect(try verify(lines(5, checkpointsAt: [])).findings == [.notSigned(1...5)])
        let lines = try lines(5, checkpointsAt: [3, 5])
        #expect(try verify(lines.dropLast(3)).findings == [.missingEvents(4...5)])
        let torn = Array(lines.flatMap(\.self).dropLast())
        #expect(try verify([torn]).findings == [.unreadableLine(after: 5), .notSigned(4...5)])
    }

    @Test("believes no checkpoint of another key, log or place")
    func checkpoints() throws {
        let foreign = try lines(3, checkpointsAt: [3], key: testKey(2))
        #expect(try verify(foreign).findings == [.checkpointNotBelieved(after: 3), .notSigned(1...3)])
        var lines = try lines(3, checkpointsAt: [3])
        lines.swapAt(3, 4)
        #expect(try verify(lines).findings == [.checkpointMisplaced(after: 2), .notSigned(1...3)])
        for (origin, size) in [("summa/other/1", 3), ("summa/main/2", 3), ("summa/main/1", 4)] as [(String, UInt64)] {
            let checkpoint = Checkpoint(origin: origin, size: size, root: .emptyRoot)
            lines =
                try self.lines(3, checkpointsAt: []) + [ExportLine.checkpoint(checkpoint.signed(by: testKey())).bytes]
            #expect(try verify(lines).findings == [.checkpointMisplaced(after: 3), .notSigned(1...3)])
        }
    }

    @Test("survives a signer who contradicts himself, and checkpoints of nothing")
    func contradictions() throws {
        let key = try testKey()
        let other = Checkpoint(origin: "summa/main/1", size: 3, root: .emptyRoot)
        let nothing = Checkpoint(origin: "summa/main/1", size: 0, root: .emptyRoot)
        var lines = try lines(3, checkpointsAt: [3])
        lines.append(ExportLine.checkpoint(try other.signed(by: key)).bytes)
        lines.insert(ExportLine.checkpoint(try nothing.signed(by: key)).bytes, at: 1)
        #expect(try verify(lines).findings == [.checkpointMisplaced(after: 0), .notWhatWasSigned(3...3)])
    }

    @Test("follows the log into a later epoch")
    func laterEpoch() throws {
        var lines = try lines(2, checkpointsAt: [2])
        var tree = RightEdge()
        var bytes: [UInt8] = []
        LogCut(book: "main", lastEpoch: 1, lastSequence: 2, lost: nil).writeDocument(
            id: EventID(book: "main", epoch: 2, sequence: 3), time: Instant(microseconds: 1_800_000_000_000_000),
            context: EventContext(actor: "test"), to: &bytes)
        for event in [lines[1].dropLast(), lines[2].dropLast(), bytes[...]] { tree.append(.leaf(Array(event))) }
        lines[0] = ExportLine.header(book: "main", size: 3).bytes
        lines.append(ExportLine.event(bytes).bytes)
        let checkpoint = Checkpoint(origin: "summa/main/2", size: 3, root: tree.root)
        lines.append(ExportLine.checkpoint(try checkpoint.signed(by: testKey())).bytes)
        #expect(try verify(lines).findings == [])
    }

    @Test("stops at a file that is no export, or has a line without end")
    func noExport() throws {
        #expect(try verify([]).findings == [.noHeader])
        #expect(try verify([Array("hello\n".utf8)]).findings == [.noHeader])
        #expect(try verify(Array(lines(3, checkpointsAt: [3]).dropFirst())).findings == [.noHeader])
        let header = ExportLine.header(book: "main", size: 1).bytes
        let endless = [UInt8](repeating: UInt8(ascii: "x"), count: LogVerifier.lineBytesMax + 1)
        #expect(try verify([header, endless]).findings == [.unreadableLine(after: 0)])
    }
}
