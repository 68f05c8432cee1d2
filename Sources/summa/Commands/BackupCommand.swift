import ArgumentParser

/// Copies an installation beside a running server.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the books as they are at one moment, with keys and checkpoints. Safe beside a running server.")

    @OptionGroup var options: PlaceOptions

    @Option(help: "The directory to make; one that is there is refused.")
    var out: String

    @Flag(inversion: .prefixedNo, help: "Copy the keys too. Whoever has them can read what is private.")
    var keys = true

    func run() throws {
        let manifest = try Backup(
            place: options.place, target: BackupDirectory(path: out), withKeys: keys
        ).run()
        print(manifest.table, terminator: "")
        print(
            keys
                ? "Written to \(out), with the keys: keep it as safe as the books."
                : "Written to \(out), without the keys: it cannot be put back without them.")
    }
}
