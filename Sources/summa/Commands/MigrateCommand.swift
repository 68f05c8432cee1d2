import ArgumentParser
import Storage

/// Makes or upgrades the schema of a PostgreSQL database. A data directory's own file needs no such command: whoever opens it
/// to write is alone, and brings it up to date.
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract:
            "Make or upgrade the schema of a PostgreSQL database. Of several at once, one does it and the others wait.")

    @Option(help: StoreOption.help)
    var store: String

    func validate() throws { try StoreOption.validate(store) }

    func run() throws {
        let taken = try PostgresStore.migrate(PostgresAddress(store), to: Schema.migrations)
        for name in taken { print("took the step: \(name)") }
        print(taken.isEmpty ? "The schema was up to date." : "The schema is up to date.")
    }
}
