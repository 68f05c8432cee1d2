import Foundation

/// This program again, in a process of its own, which is spoken to in lines.
///
/// It ends when this process does, however that ends: its standard input is a pipe from us, and the kernel closes it.
final class ProgramCopy: Sendable {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// - Parameter environment: On top of ours.
    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    /// Whether it still runs.
    var isRunning: Bool { process.isRunning }

    /// - Throws: `CommandFailure` when it has ended.
    func send(_ line: String) throws {
        guard process.isRunning else { throw CommandFailure("a process of ours has ended") }
        try input.fileHandleForWriting.write(contentsOf: Array("\(line)\n".utf8))
    }

    /// What it says next; nil when it has ended.
    func nextLine() -> String? {
        var bytes: [UInt8] = []
        while let byte = try? output.fileHandleForReading.read(upToCount: 1), let first = byte.first {
            if first == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(first)
        }
        return nil
    }

    /// Ends it gracefully, and waits.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Ends it at once.
    func terminate() { process.terminate() }
}
