import ArgumentParser
import Storage

/// Where an installation is: a directory with its keys and checkpoints, and a database, in that directory or in PostgreSQL.
struct InstallationPlace: Sendable {
    let directory: DataDirectory
    let database: DatabasePlace

    /// - Parameter store: A PostgreSQL address; nil for a file in the directory.
    init(_ directory: String, store: String? = nil) {
        self.directory = DataDirectory(path: directory)
        database = store.map { .postgres(PostgresAddress($0)) } ?? .directory(directory)
    }

    init(_ directory: String, postgres address: PostgresAddress) {
        self.directory = DataDirectory(path: directory)
        database = .postgres(address)
    }

    /// Whether something was made here; of a server, only connecting tells.
    var mayHaveBooks: Bool {
        if case .postgres = database { return true }
        return directory.hasDatabase
    }
}

/// The options of commands that open an installation.
struct PlaceOptions: ParsableArguments {
    @Option(help: "The data directory: keys, checkpoints, and the database unless --store names another.")
    var data: String

    @Option(help: StoreOption.help)
    var store: String?

    func validate() throws { try StoreOption.validate(store) }

    var place: InstallationPlace { InstallationPlace(data, store: store) }
}

/// The option that names a PostgreSQL database.
enum StoreOption {
    static let help: ArgumentHelp =
        "Keep the books in PostgreSQL: postgres://USER@HOST/NAME. What it leaves out is taken from the PG… variables."

    static func validate(_ store: String?) throws {
        guard let store, !PostgresAddress.isAddress(store) else { return }
        throw ValidationError("--store takes an address that begins with postgres://")
    }
}
