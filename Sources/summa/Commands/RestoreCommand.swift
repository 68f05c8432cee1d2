import ArgumentParser

/// Puts a backup back.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup back where there is no database. Nothing is served from it before an epoch is begun.")

    @Option(help: "The backup's directory.")
    var from: String

    @OptionGroup var options: PlaceOptions

    @Flag(help: "Begin an epoch right away, as `summa new-epoch` does.")
    var newEpoch = false

    func run() async throws {
        let manifest = try Restoration(source: BackupDirectory(path: from), place: options.place).run()
        print(manifest.table, terminator: "")
        print("Put back from \(from), as of \(manifest.takenAt).")
        if newEpoch { return try await EpochCommand.run(on: options.place) }
        print("What came after that is forgotten. To go on from there: summa new-epoch --data \(options.data)")
    }
}
