import Foundation
import Glibc
import JSON
import Sandbox
import Testing

/// The sandbox in a process of its own, which is this test program started again with one test, so that it can be killed.
@Suite("A sandbox that is killed")
struct KillTests {
    private static let directoryVariable = "SUMMA_SANDBOX_TO_BE_KILLED"
    private static let directory = ProcessInfo.processInfo.environment[directoryVariable]

    @Test("serves until it is killed", .enabled(if: directory != nil, "only in the process that is to be killed"))
    func serve() async throws {
        let directory = URL(fileURLWithPath: try #require(Self.directory))
        Self.endWithParent()
        let server = SandboxServer(RunningSandbox.configuration(in: directory), clock: TestClock().sandboxClock)
        try await server.run { port in
            try? Data(String(port).utf8).write(to: directory.appendingPathComponent("port"), options: .atomic)
        }
    }

    @Test(
        "has had each effect once, answers as before, and brings every callback",
        .enabled(if: directory == nil), .timeLimit(.minutes(2)))
    func survives() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("killed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        var answers: [Int: String] = [:]
        for round in 0..<4 {
            let answered = try await askUntilKilled(in: directory, afterMilliseconds: 20 + 45 * round)
            for (number, text) in answered {
                #expect(answers[number] == nil || answers[number] == text)
                answers[number] = text
            }
        }
        let kept = answers
        try await withReceiver { receiver, url in
            try await withSandbox(RunningSandbox.configuration(in: directory), in: directory) { sandbox in
                try await check(kept, sandbox, receiver, url)
            }
        }
    }

    private static let requestCount = 150

    private func check(
        _ answers: [Int: String], _ sandbox: RunningSandbox, _ receiver: CallbackReceiver, _ url: String
    ) async throws {
        let caller = sandbox.caller
        for number in 0..<Self.requestCount {
            let again = try await ask(caller, number)
            #expect(answers[number] == nil || answers[number] == again.text)
        }
        let effects = try await caller.list("/v1/effects").compactMap { $0["reference"]?.string }
        #expect(effects.sorted() == (0..<Self.requestCount).flatMap { ["r\($0)", "r\($0)"] }.sorted())
        let settings = #"{"callback_url":"\#(url)","callback_secret":"\#(RunningSandbox.callbackSecret)"}"#
        _ = try await caller.put("/v1/account", settings)
        try await caller.untilQuiet(callbacksToo: true)
        #expect(Set(receiver.sound.map(\.id)).count == 2 * Self.requestCount)
    }

    private func ask(_ caller: SandboxCaller, _ number: Int) async throws -> SandboxCaller.Answer {
        try await caller.authorize(reference: "r\(number)", capture: "automatic", key: "k\(number)")
    }

    /// Starts a sandbox, keeps asking, and kills it. What was answered until then is held against it.
    private func askUntilKilled(in directory: URL, afterMilliseconds: Int) async throws -> [Int: String] {
        let process = try start(in: directory)
        let caller = SandboxCaller(url: "http://127.0.0.1:\(try await port(in: directory))", key: RunningSandbox.apiKey)
        return await withTaskGroup(of: (Int, String)?.self) { group in
            group.addTask {
                try? await Task.sleep(for: .milliseconds(afterMilliseconds))
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                return nil
            }
            for worker in 0..<8 {
                for number in stride(from: worker, to: Self.requestCount, by: 8) {
                    group.addTask { (try? await ask(caller, number)).map { (number, $0.text) } }
                }
            }
            var answered: [Int: String] = [:]
            for await case let (number, text)? in group { answered[number] = text }
            return answered
        }
    }

    /// Standard input ends when the process that started this one does, however that ends.
    private static func endWithParent() {
        Thread.detachNewThread {
            _ = FileHandle.standardInput.readDataToEndOfFile()
            exit(0)
        }
    }

    private func start(in directory: URL) throws -> Process {
        try? FileManager.default.removeItem(at: directory.appendingPathComponent("port"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe")
        process.arguments = ["--testing-library", "swift-testing", "--filter", "SandboxTests.KillTests/serve"]
        process.environment = ProcessInfo.processInfo.environment.merging(
            [Self.directoryVariable: directory.path], uniquingKeysWith: { $1 })
        process.standardInput = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func port(in directory: URL) async throws -> Int {
        for _ in 0..<1_000 {
            if let text = try? String(contentsOf: directory.appendingPathComponent("port"), encoding: .utf8),
                let port = Int(text)
            {
                return port
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw NeverListened()
    }
}
