import Dispatch
import Foundation
import Glibc

/// Somebody asks the process to end: SIGTERM, or Control-C.
enum StopSignals {
    /// Returns at the first of them. The second one ends the process as it always does.
    static func wait() async {
        let (signals, arrived) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { arrived.yield() }
            source.activate()
            return source
        }
        _ = await signals.first { _ in true }
        for source in sources { source.cancel() }
        signal(SIGTERM, SIG_DFL)
        signal(SIGINT, SIG_DFL)
    }

    /// Runs until one of them arrives or the work ends by itself.
    static func run(_ work: @escaping @Sendable () async throws -> Void) async throws {
        try await runUntil(wait, work)
    }

    /// Runs until the end has come, or the work ends by itself. What was cut short because of the end is no error.
    fileprivate static func runUntil(
        _ end: @escaping @Sendable () async -> Void, _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await work()
                return false
            }
            group.addTask {
                await end()
                return true
            }
            let isEnd = try await group.next() == true
            group.cancelAll()
            do { if isEnd { try await group.waitForAll() } } catch is CancellationError {}
        }
    }
}

/// Standard input has come to its end: whoever started us and held its other end is gone.
enum StandardInput {
    /// Runs until then, whatever signals arrive.
    static func run(_ work: @escaping @Sendable () async throws -> Void) async throws {
        for number in [SIGTERM, SIGINT] { signal(number, SIG_IGN) }
        try await StopSignals.runUntil(waitForEnd, work)
    }

    /// On a thread of its own, which waits in `read` for as long as the process lives.
    private static func waitForEnd() async {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        Thread.detachNewThread {
            var byte: UInt8 = 0
            while read(STDIN_FILENO, &byte, 1) > 0 {}
            end.yield()
        }
        _ = await ends.first { _ in true }
    }
}
