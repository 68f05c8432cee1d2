import Foundation
import JSON
import Ledger
import Payments
import Storage

/// A running `summa serve`, spoken to as a shop, an operator and the provider's dashboard would.
final class ServedBooks {
    /// The keys that were told at the first start.
    struct Keys {
        let shop: String
        let operators: String
    }

    struct NotServing: Error { let output: String }

    let place: BooksPlace
    private let process: SummaProcess
    let url: String
    let sandboxURL: String

    init(_ place: BooksPlace) throws {
        self.place = place
        process = try SummaProcess(["serve", "--listen", "127.0.0.1:0"] + place.arguments)
        for _ in 0..<600 where process.isRunning && !process.outputSoFar.contains("Control-C") { usleep(100_000) }
        let addresses = process.outputSoFar.split(whereSeparator: { " ,\n".contains($0) })
            .filter { $0.hasPrefix("http://127.0.0.1:") }.map { $0.hasSuffix(".") ? String($0.dropLast()) : String($0) }
        guard addresses.count >= 2 else { throw NotServing(output: process.outputSoFar) }
        (url, sandboxURL) = (addresses[0], addresses[1])
    }

    deinit { process.kill() }

    /// Nil after the first start.
    var keys: Keys? {
        func key(_ name: String) -> String? {
            process.outputSoFar.split(separator: "\n").first { $0.hasPrefix(name) && $0.contains("sk_test_") }?
                .split(separator: " ").last.map(String.init)
        }
        guard let shop = key("shop"), let operators = key("olga.operator") else { return nil }
        return Keys(shop: shop, operators: operators)
    }

    /// Stops it gracefully, or as when the power goes.
    func stop(gracefully: Bool) throws {
        gracefully ? process.terminate() : process.kill()
        _ = try process.wait()
    }

    /// What the provider lets us in with.
    func sandboxKey() throws -> String {
        let snapshot = try Snapshot(of: place.database)
        guard let bytes = FileManager.default.contents(atPath: place.data + "/installation.key"),
            let key = InstallationKey(bytes: Array(bytes)), let code = PathSegment("sandbox"),
            let head = snapshot.heads.first(where: { $0.name == "main" }),
            let account = try ProviderAccountStore.find(code, in: snapshot.rows(of: head))
        else { throw NotServing(output: "no sandbox account") }
        return try ProviderConnectionStore(key).find(account.id, in: snapshot.rows(of: head)).credential.text
    }
}

/// One request by `curl`.
enum Curl {
    static func bytes(_ url: String, key: String, _ options: String...) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["curl", "-s", url, "-H", "Authorization: Bearer \(key)"] + options
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return bytes
    }

    static func json(_ url: String, key: String) throws -> JSONValue {
        try JSONValue(parsing: Array(bytes(url, key: key)))
    }

    static func post(_ url: String, key: String, _ body: String, idempotencyKey: String = "once") throws -> JSONValue {
        let bytes = try bytes(
            url, key: key, "-H", "Content-Type: application/json", "-H", "Idempotency-Key: \(idempotencyKey)", "-H",
            "Prefer: wait=5", "-d", body)
        return try JSONValue(parsing: Array(bytes))
    }
}
