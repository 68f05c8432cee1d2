import Foundation
import JSON
import Testing

/// A first start as a new user sees it.
@Suite("summa serve on an empty directory")
struct ServeTests {
    @Test(
        "prints keys once and a curl that works when pasted, lets itself be verified, and stops without losing anything",
        .timeLimit(.minutes(2)))
    func firstStart() throws {
        let scratch = try Scratch()
        let data = scratch.file("books")
        let server = try SummaProcess(["serve", "--data", data, "--listen", "127.0.0.1:0"])
        let greeting = try greeting(of: server)
        let answer = try shell(String(greeting[try #require(greeting.range(of: "curl -s")).lowerBound...]))
        #expect(answer.contains(#""status":"captured""#), "\(answer)")

        let beside = try SummaProcess.run(["verify", "--data", data])
        #expect(beside.status == 0, "\(beside.output)\(beside.errors)")
        let refused = try SummaProcess.run(["keys", "list", "--data", data])
        #expect(refused.status != 0)
        #expect(refused.errors.contains("--url"), "\(refused.errors)")

        server.terminate()
        #expect(try server.wait().status == 0)
        let keys = try SummaProcess.run(["keys", "list", "--data", data, "--json"])
        #expect(keys.json.array?.count == 4, "\(keys.output)\(keys.errors)")
        #expect(!keys.output.contains("sk_test_"))
        #expect(try SummaProcess.run(["verify", "--data", data]).status == 0)
        try exportIsProved(data, scratch)
    }

    @Test("says where it listens also when it is started again, to whoever reads its output", .timeLimit(.minutes(2)))
    func laterStart() throws {
        let scratch = try Scratch()
        let arguments = ["serve", "--data", scratch.file("books"), "--listen", "127.0.0.1:0"]
        for _ in 0..<2 {
            let server = try SummaProcess(arguments)
            for _ in 0..<300 where !server.outputSoFar.contains("Listening on http://") { usleep(100_000) }
            #expect(server.outputSoFar.contains("Listening on http://"), "\(server.outputSoFar)")
            server.terminate()
            #expect(try server.wait().status == 0)
        }
    }

    /// The log in a file, checked with nothing but the file and the public key; and a file that was changed is not.
    private func exportIsProved(_ data: String, _ scratch: Scratch) throws {
        let file = scratch.file("main.log")
        #expect(try SummaProcess.run(["log", "export", "--data", data, "--out", file]).status == 0)
        let key = try String(contentsOfFile: data + "/log.vkey", encoding: .utf8).split(separator: "\n")[0]
        #expect(try SummaProcess.run(["log", "verify", file, "--key", String(key)]).status == 0)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: file))
        #expect(try SummaProcess.run(["log", "verify", file, "--key", String(key)]).status != 0)
    }

    private func greeting(of server: SummaProcess) throws -> String {
        for _ in 0..<300 where server.isRunning {
            let text = server.outputSoFar
            if text.contains("curl -s"), text.hasSuffix("'\n") { return text }
            usleep(100_000)
        }
        throw NoGreeting(output: server.outputSoFar)
    }

    private struct NoGreeting: Error { let output: String }

    private func shell(_ command: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", command]
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
