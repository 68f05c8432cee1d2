import ArgumentParser

/// Makes a data directory ready for work.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the test book main, merchant acme, provider account sandbox, and keys, which are told once.")

    @OptionGroup var options: PlaceOptions

    func run() async throws {
        let keys = try await Installation.with(options.place) { try await Founding(installation: $0).run() }
        guard let keys else {
            return print("\(options.data) was made before, and its keys told then; `summa keys create` makes others.")
        }
        print(FoundingText.text(of: keys, data: options.data), terminator: "")
        try options.place.directory.noteKeysTold()
    }
}

/// The keys of a new installation, told the one time they can be.
enum FoundingText {
    static func text(of keys: [Founding.Key], data: String) -> String {
        var table = TextTable(["principal", "role", "key"])
        for key in keys { table.add([key.principal, key.role.rawValue, key.secret.revealed]) }
        return """
            Made \(data): test book main, merchant acme, provider account sandbox.
            These keys are told this once:

            \(table.text)
            """
    }
}
