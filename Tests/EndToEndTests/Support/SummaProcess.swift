import Foundation
import Glibc
import JSON

/// The `summa` that was built beside the tests, run as a person or a script runs it.
final class SummaProcess {
    /// What it said and how it ended.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        var json: JSONValue { (try? JSONValue(parsing: Array(output.utf8))) ?? .null }
    }

    private let process = Process()
    private let output: URL
    private let errors: URL
    private let place: URL

    /// Beside the program of the tests.
    private static var executable: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("summa")
    }

    /// Where `swift build` puts it: the tests' own program may run from the toolchain.
    private static var built: URL {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }.map { URL(fileURLWithPath: $0) }
        guard let bundle else { return executable }
        return bundle.deletingLastPathComponent().appendingPathComponent("summa")
    }

    /// For programs that start it themselves.
    static var path: String { built.path }

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        place = FileManager.default.temporaryDirectory.appendingPathComponent("summa-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        output = place.appendingPathComponent("output")
        errors = place.appendingPathComponent("errors")
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.executableURL = Self.built
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
    }

    deinit { try? FileManager.default.removeItem(at: place) }

    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        try SummaProcess(arguments, environment: environment).wait()
    }

    var isRunning: Bool { process.isRunning }

    /// As when the power goes: no handler runs.
    func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

    func terminate() { process.terminate() }

    func wait() throws -> Outcome {
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }

    /// What it has said so far.
    var outputSoFar: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
}

/// A directory that is removed when the test ends.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("summa-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }
}
