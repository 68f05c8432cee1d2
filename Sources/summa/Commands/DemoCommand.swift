import ArgumentParser
import Foundation

/// The whole chain in one run.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Play a shop's day from charge to bank line over real HTTP, and check all of it. Exits 0 only if all is right."
    )

    @Option(help: "The charges, in the form of examples/charges.csv, which is used if absent.")
    var charges: String?

    @Option(help: "Chooses the differences planted into the provider's and the bank's file.")
    var seed: UInt64 = 1494

    @Option(help: "Keep the books in this directory. A run that was cut off goes on there.")
    var data: String?

    @Flag(help: "One JSON object instead of the report.")
    var json = false

    func run() async throws {
        guard let file = charges ?? Self.example, let content = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("cannot read \(charges ?? "examples/charges.csv"); name a file with --charges")
        }
        let orders = try DemoOrder.all(in: String(decoding: content, as: UTF8.self))
        let directory = data ?? FileManager.default.temporaryDirectory.path + "/summa-demo-\(getpid())"
        defer { if data == nil { try? FileManager.default.removeItem(atPath: directory) } }
        let isQuiet = json
        let run = DemoRun(directory: directory, orders: orders, seed: seed) { line in
            Progress.clear()
            if !isQuiet { print("· \(line)") }
            fflush(nil)
        }
        let report = try await run.run()
        print(json ? report.json.text : report.text)
        if !report.isRight { throw ExitCode(1) }
    }

    /// The example of the project this was built in, wherever it is called from.
    private static var example: String? {
        let name = "examples/charges.csv"
        if FileManager.default.fileExists(atPath: name) { return name }
        var place = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        while place.path != "/" {
            place.deleteLastPathComponent()
            let file = place.appendingPathComponent(name).path
            if FileManager.default.fileExists(atPath: file) { return file }
        }
        return nil
    }
}
