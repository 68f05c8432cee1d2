import EventLog
import Foundation
import JSON
import Ledger
import Payments
import Reconciliation
import Storage

/// All that can be checked about an installation, at one moment of it: bytes, tree and outside checkpoints; the ledger's
/// events folded by code of their own; private texts beside the hashes of the log; every recorded row made again from the log;
/// the invariants of payments.
struct Verification {
    private let place: InstallationPlace

    init(of place: InstallationPlace) {
        self.place = place
    }

    /// What was found in one book.
    struct BookReport {
        let name: String
        let eventCount: Int64
        /// The events the last outside checkpoint vouches for.
        let checkpointSize: UInt64
        let findings: [String]
    }

    struct Report {
        let books: [BookReport]
        /// What is left of books that are not there any more.
        let lost: [String]
        /// What is wrong with the file, whatever its rows say.
        let damages: [String]

        var isRight: Bool { lost.isEmpty && damages.isEmpty && books.allSatisfy(\.findings.isEmpty) }
    }

    /// - Parameter progress: Called now and then with the sequence that has been replayed.
    func run(progress: (Int64) -> Void = { _ in }) throws -> Report {
        let snapshot = try Snapshot(of: place.database)
        let directory = place.directory
        let key = try directory.verifier()
        let checkpoints = try CheckpointDirectory(path: directory.checkpointDirectory)
        let latest = try checkpoints.latest()
        let books = try snapshot.heads.map { head in
            let notes = try checkpoints.history(of: head.name) + latest.filter { try Self.book(of: $0) == head.name }
            let unsigned: [String] = notes.isEmpty ? Self.unsigned(head, at: SystemClock().now) : []
            return BookReport(
                name: head.name, eventCount: head.sequence,
                checkpointSize: try Self.signedSize(of: head, notes),
                findings: unsigned + (try findings(in: snapshot.rows(of: head), notes, key, progress)))
        }
        return Report(books: books, lost: try lost(snapshot, latest), damages: try snapshot.damages())
    }

    /// Books of which something is left, and not their head: whoever takes the head away takes the book from every list.
    private func lost(_ snapshot: Snapshot, _ latest: [SignedNote]) throws -> [String] {
        let known = Set(snapshot.heads.map(\.name))
        let gone = try latest.compactMap { note -> String? in
            guard let book = try Self.book(of: note), !known.contains(book) else { return nil }
            return "book \(book) is gone: \(try Checkpoint(text: note.text).size) of its events were signed"
        }
        return gone + (try snapshot.booksWithoutHead().map { "events of book number \($0.rawValue) have no head" })
    }

    /// What the last checkpoint of the head's own epoch vouches for: one of an earlier epoch may be of events that were lost.
    private static func signedSize(of head: Head, _ notes: [SignedNote]) throws -> UInt64 {
        let origin = LogOrigin(book: head.name, epoch: head.epoch).description
        return try notes.map { try Checkpoint(text: $0.text) }.filter { $0.origin == origin }.map(\.size).max() ?? 0
    }

    private static func book(of note: SignedNote) throws -> String? {
        LogOrigin(text: try Checkpoint(text: note.text).origin)?.book
    }

    /// The first events are signed within a second: a log of any age that nothing signs has lost its checkpoints.
    private static func unsigned(_ head: Head, at now: Instant) -> [String] {
        guard head.sequence > 0, now.since(head.lastTime) > Checkpointer.newsAgeMax else { return [] }
        return ["no checkpoint outside signs any of its \(head.sequence) events"]
    }

    private func findings(
        in rows: Rows, _ notes: [SignedNote], _ key: VerifierKey, _ progress: (Int64) -> Void
    ) throws -> [String] {
        var fold = LedgerFold()
        var texts = PrivateTextAudit(try place.directory.installationKey())
        let log = try LogAudit { body in try body(rows) }
            .run(checkpoints: notes, keys: [key]) { event in
                fold.apply(event)
                texts.apply(event)
            }
        var findings = log.map { "\($0)" }
        findings += (fold.findings + (try fold.compare(with: rows))).map { "\($0)" }
        findings += try texts.findings(in: rows).map { "\($0)" }
        findings += try PaymentInvariants.findings(in: rows).map { "\($0)" }
        findings += try ReconciliationInvariants.findings(in: rows).map { "\($0)" }
        findings += try replayFindings(rows, progress)
        return findings
    }

    /// In a temporary directory, which is removed whatever happens.
    private func replayFindings(_ rows: Rows, _ progress: (Int64) -> Void) throws -> [String] {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(
            "summa-verify-\(SystemRandom().writerNumber())")
        let replay = try LogReplay(
            migrations: Schema.migrations, replayers: Schema.replayers, directory: place.path)
        defer { replay.remove() }
        return try replay.run(rows, progress: progress).map { "\($0)" }
    }
}

extension Verification.Report {
    var text: String {
        var table = TextTable(["book", "events", "signed outside", "findings"])
        for book in books {
            table.add([book.name, "\(book.eventCount)", "\(book.checkpointSize)", "\(book.findings.count)"])
        }
        let findings =
            (damages + lost).map { "wrong: \($0)\n" }
            + books.flatMap { book in book.findings.map { "wrong in \(book.name): \($0)\n" } }
        let verdict =
            isRight
            ? "ok: the log is what was signed, and every row is what the log makes it\n"
            : "NOT right: stop, and look at the first line above\n"
        return table.text + findings.joined() + verdict
    }

    var json: JSONValue {
        .object([
            ("ok", .bool(isRight)),
            ("lost", .array(lost.map { .string($0) })),
            ("damages", .array(damages.map { .string($0) })),
            (
                "books",
                .array(
                    books.map { book in
                        .object([
                            ("book", .string(book.name)), ("events", .integer(book.eventCount)),
                            ("checkpoint_size", .integer(Int64(clamping: book.checkpointSize))),
                            ("findings", .array(book.findings.map { .string($0) })),
                        ])
                    })
            ),
        ])
    }
}
