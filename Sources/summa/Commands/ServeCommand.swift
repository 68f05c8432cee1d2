import ArgumentParser
import Foundation
import Storage

/// Serves a data directory until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract:
            "Serve the API on a data directory, with the sandbox provider beside it. Makes the directory if it is empty."
    )

    @OptionGroup var options: PlaceOptions

    @Option(help: "HOST:PORT. There is no TLS in the process: put a proxy before any address but the loopback.")
    var listen = ListenAddress(host: "127.0.0.1", port: 8_080)

    @Option(
        help:
            "http(s)://… where callers reach this process, when that is not where it listens; told by others that share its database."
    )
    var advertise: AdvertisedURL?

    @Flag(inversion: .prefixedNo, help: "Start the sandbox provider beside the server.")
    var sandbox = true

    @Option(
        help: ArgumentHelp(
            "Rows of a table after which a run is sealed on SQLite. Drills set it low, so that they meet a sealing.",
            visibility: .hidden))
    var rowsPerRun = Runs.Limits().rowsPerRun

    @Option(
        help: ArgumentHelp(
            "Callers in a batch from which on the next one's bodies run ahead of its commit. Drills set it low, to die there.",
            visibility: .hidden))
    var aheadFrom = Engine.Limits().aheadCountMin

    func validate() throws {
        guard rowsPerRun > 0 else { throw ValidationError("--rows-per-run must be 1 or more") }
        guard aheadFrom > 0 else { throw ValidationError("--ahead-from must be 1 or more") }
    }

    private var databaseConfiguration: Database.Configuration {
        var configuration = Database.Configuration()
        configuration.runs.rowsPerRun = rowsPerRun
        configuration.limits.aheadCountMin = aheadFrom
        return configuration
    }

    func run() async throws {
        let (place, listen, sandbox, advertised) = (options.place, listen, sandbox, advertise?.text)
        try await Installation.with(place, configuration: databaseConfiguration) { installation in
            let keys = try await Founding(installation: installation).run()
            let serving = Serving(
                installation: installation, listen: listen, startsSandbox: sandbox, advertisedURL: advertised)
            try await StopSignals.run {
                try await serving.run { running in
                    Self.tell(running, keys, place.directory.path)
                    if keys != nil { try installation.directory.noteKeysTold() }
                    try await Self.waitForever()
                }
            }
        }
        print("Stopped; everything that was accepted is kept.")
    }

    private static func waitForever() async throws {
        while true { try await TaskSleeper().sleep(for: .hours(1)) }
    }

    private static func tell(_ running: Serving.Running, _ keys: [Founding.Key]?, _ data: String) {
        // Whoever started it reads this from a pipe or a file, and waits for it.
        defer { fflush(nil) }
        if let keys { print(FoundingText.text(of: keys, data: data)) }
        print("Listening on \(running.url), the sandbox provider on \(running.sandboxURL). Control-C stops both.\n")
        guard let shop = keys?.first(where: { $0.role == .service }) else {
            return print("Keys were told when \(data) was made; `summa keys create` makes others.")
        }
        print(
            """
            Try it:

            curl -s \(running.url)/v1/charges \\
              -H 'Authorization: Bearer \(shop.secret.revealed)' \\
              -H 'Idempotency-Key: order-1' -H 'Content-Type: application/json' -H 'Prefer: wait=5' \\
              -d '{"amount": 1250, "currency": "EUR", "payment_method": "pm_approve", "merchant": "acme"}'
            """)
    }
}
