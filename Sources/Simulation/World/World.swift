import EventLog
import Payments
import Providers
import Sandbox
import Storage

/// What outlives our processes: the time, the provider, the way to it, the outside place, the consumer of events; and the one
/// thread everything runs on.
final class World: @unchecked Sendable {
    let time: SimulatedTime
    let executor = SteppedExecutor()
    let fate: Fate
    let sandbox: SteppedSandbox
    let network: SimulatedNetwork
    let place = OutsidePlace()
    let consumer = Consumer()
    let random: SeededBytes
    let signer: SignerKey
    let installationKey: InstallationKey
    /// What the provider signs its callbacks with.
    let callbackSecret: NotificationSecret
    let seams: Seams
    let settings: DrawnSettings

    /// - Parameter directory: An empty directory of the simulation's own.
    init(_ chance: inout Chance, odds: [Misfortune: Int], seams: Seams, directory: String) throws {
        let bytes = SeededBytes(chance.split())
        time = SimulatedTime(Self.beginning)
        fate = Fate(chance.split(), odds: odds)
        settings = DrawnSettings(&chance)
        random = bytes
        signer = try SignerKey(name: "simulation", seed: bytes.bytes(32))
        guard let key = InstallationKey(bytes: bytes.bytes(InstallationKey.byteCount)) else {
            preconditionFailure("a key has so many bytes")
        }
        installationKey = key
        callbackSecret = NotificationSecret(bytes: bytes.bytes(32))
        sandbox = try SteppedSandbox(
            path: directory + "/provider.sqlite", time: time.world,
            secret: SandboxSecret(callbackSecret.standardWebhooks), seed: chance.next(),
            callsBackWhatAnswersTold: settings.callsBackWhatAnswersTold)
        network = SimulatedNetwork(to: sandbox, time: time, fate: fate)
        self.seams = seams
    }

    /// A working day's morning.
    private static let beginning = Instant(microseconds: 1_774_944_000_000_000)
}

/// What an operator may set, and what is different in every run, so that each bound is met in some.
struct DrawnSettings {
    let queueCountMax: Int
    let batchCountMax: Int
    let batchBytesMax: Int
    let cacheBytesMax: Int
    let missRounds: Int
    /// The usual is a million, which no run reaches: then no keys are sealed, as in a young book.
    let rowsPerRun: Int
    /// Whether bodies run ahead of the commit of the batch before theirs.
    let defersCommits: Bool
    let concurrencyMax: Int
    let callsBackWhatAnswersTold: Bool
    /// Whether some of the provider's files differ from what is so.
    let plantsDifferences: Bool

    init(_ chance: inout Chance) {
        queueCountMax = [6, 16, 64, 512][chance.index(below: 4)]
        batchCountMax = [1, 3, 16, 128][chance.index(below: 4)]
        batchBytesMax = [2_000, 20_000, 1 << 20][chance.index(below: 3)]
        cacheBytesMax = [0, 20_000, 200_000, 8 << 20][chance.index(below: 4)]
        missRounds = [0, 1, 8][chance.index(below: 3)]
        concurrencyMax = [1, 4, 16][chance.index(below: 3)]
        callsBackWhatAnswersTold = !chance.oneIn(4)
        plantsDifferences = chance.oneIn(2)
        // Drawn aside, so that each seed's history stays what it was: where keys stand decides nothing about what happens next,
        // and commits are put off in half of the runs only.
        var aside = chance
        var runs = aside.split()
        rowsPerRun = [4, 32, 1 << 20][runs.index(below: 3)]
        defersCommits = runs.oneIn(2)
    }
}
