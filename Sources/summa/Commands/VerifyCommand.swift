import ArgumentParser
import JSON

/// Checks everything that can be checked about a data directory.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the log against its checkpoints, and every row against the log. Safe beside a running server.")

    @OptionGroup var options: PlaceOptions

    @Flag(help: "JSON for programs.")
    var json = false

    func run() throws {
        let report = try Verification(of: options.place).run { sequence in
            if !json { Progress.show("replayed \(sequence) events") }
        }
        Progress.clear()
        json ? print(report.json.text) : print(report.text, terminator: "")
        if !report.isRight { throw ExitCode(1) }
    }
}
