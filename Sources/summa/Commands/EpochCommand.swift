import ArgumentParser
import EventLog

/// Lets books that were put back from a backup go on.
struct EpochCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new-epoch",
        abstract: "After a restore: raise the epoch of each log, tell in it where it was cut, and sign it.")

    @OptionGroup var options: PlaceOptions

    @Flag(
        help: """
            The database went back by other means than `summa restore`, as by PostgreSQL's own recovery to a moment. Without \
            this, books that nothing shows to have been put back are left as they are.
            """)
    var rewound = false

    func run() async throws { try await Self.run(on: options.place, isRewound: rewound) }

    static func run(on place: InstallationPlace, isRewound: Bool = false) async throws {
        let cuts = try await EpochStart(place: place, isRewound: isRewound).run()
        if cuts.isEmpty { return print("Every log has told of its cut already.") }
        var table = TextTable(["book", "cut after", "signed and lost"])
        for cut in cuts {
            let lost = cut.lost.map { "up to event \($0.size) of epoch \($0.epoch)" } ?? "nothing"
            table.add([cut.book, "\(cut.lastSequence)", lost])
        }
        print(table.text, terminator: "")
        print("Each log goes on in a new epoch. Import the providers' files again before you take new charges.")
    }
}
