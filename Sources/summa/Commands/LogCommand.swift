import ArgumentParser
import EventLog
import Foundation
import JSON
import Storage

/// The log in a file that anybody can check.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Export a book's log, and check an export with nothing but the log's public key.",
        subcommands: [LogExportCommand.self, LogVerifyCommand.self])
}

struct LogExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all signed events and the checkpoints among them into a file. Safe beside a running server.")

    @OptionGroup var options: PlaceOptions

    @Option(help: "The file to write.")
    var out: String

    @Option(help: "The book.")
    var book = Founding.bookName

    func run() throws {
        let snapshot = try Snapshot(of: options.place.database)
        guard let head = snapshot.heads.first(where: { $0.name == book }) else {
            throw CommandFailure("there is no book \(book) in \(options.data)")
        }
        let notes = try CheckpointDirectory(path: options.place.directory.checkpointDirectory).history(of: book)
        guard FileManager.default.createFile(atPath: out, contents: nil),
            let file = FileHandle(forWritingAtPath: out)
        else { throw CommandFailure("cannot write \(out)") }
        let count = try LogExport { body in try body(snapshot.rows(of: head)) }
            .write(checkpoints: notes) { try file.write(contentsOf: $0) }
        try file.close()
        let key = try options.place.directory.verifier()
        print(
            "\(count) of \(head.sequence) events written to \(out); what came after the last checkpoint is not signed.")
        print("Anyone can check it: summa log verify \(out) --key '\(key)'")
    }
}

struct LogVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check an exported log: every event in its place, and all of them what was signed.")

    @Argument(help: "The exported file.")
    var file: String

    @Option(help: "The log's public key, NAME+HASH+BASE64, had from somebody you trust. May be repeated.")
    var key: [String]

    @Flag(help: "JSON for programs.")
    var json = false

    func run() throws {
        guard let handle = FileHandle(forReadingAtPath: file) else { throw CommandFailure("cannot read \(file)") }
        var verifier = LogVerifier(keys: try key.map { try VerifierKey($0) })
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { verifier.take(piece) }
        let result = verifier.finish()
        show(result)
        if !result.isSound { throw ExitCode(1) }
    }

    private func show(_ result: LogVerification) {
        if json {
            let findings = result.findings.map { JSONValue.string("\($0)") }
            return print(
                JSONValue.object([
                    ("book", result.book.map { .string($0) } ?? .null), ("events", .integer(Int64(result.size))),
                    ("root", .string(result.root.description)), ("ok", .bool(result.isSound)),
                    ("findings", .array(findings)),
                ]).text)
        }
        print("book \(result.book ?? "unknown"), \(result.size) events, root \(result.root)")
        for finding in result.findings { print("wrong: \(finding)") }
        print(result.isSound ? "ok: every event is in its place and is what was signed" : "NOT what was signed")
    }
}
