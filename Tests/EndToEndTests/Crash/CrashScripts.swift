import Foundation
import JSON

/// The drills and the checker in `scripts/crash`: programs of their own, which know nothing of the code they hurt and judge.
enum CrashScripts {
    /// What one said, and how it ended.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        var json: JSONValue { (try? JSONValue(parsing: Array(output.utf8))) ?? .null }
        var isFine: Bool { status == 0 }
    }

    /// Hurts the `summa` that was built beside the tests.
    /// - Parameter rounds: How often; nil for the drill's short form.
    static func drill(_ name: String, rounds: Int? = nil, _ more: String...) throws -> Outcome {
        let outcome = try run(
            "drill.py", [name, "--summa", SummaProcess.path] + (rounds.map { ["--rounds", "\($0)"] } ?? []) + more)
        print("drill \(outcome.output)", terminator: "")
        return outcome
    }

    /// Nil when this machine lets the drill be done; otherwise why not.
    static func obstacle(to drill: String) -> String? {
        guard let outcome = try? run("drill.py", [drill, "--summa", SummaProcess.path, "--can"]) else {
            return "there is no Python 3"
        }
        return outcome.isFine ? nil : outcome.output + outcome.errors
    }

    /// Has the checker judge books and the record of who charged them.
    static func check(_ books: String, record: String) throws -> Outcome {
        try run("check.py", ["--data", books, "--record", record, "--quiet-now", "--json"])
    }

    private static func run(_ script: String, _ arguments: [String]) throws -> Outcome {
        let scratch = try Scratch()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-B", directory.appendingPathComponent(script).path] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try file(scratch.file("output"))
        process.standardError = try file(scratch.file("errors"))
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try text(scratch.file("output")),
            errors: try text(scratch.file("errors")))
    }

    private static var directory: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scripts/crash")
    }

    private static func file(_ path: String) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}
