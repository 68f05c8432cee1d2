import EventLog
import Payments
import Sandbox
import Storage

/// Carries the provider's callbacks to the intake: some get lost, some arrive twice or forged, some answers are not heard. Every
/// one that went out may be recorded by somebody and sent again much later.
final class CallbackPost: @unchecked Sendable {
    private let world: World
    private var chance: Chance
    private var endpoint = ""
    /// Those being delivered now.
    private var underWay: Set<Int64> = []
    /// What somebody could have recorded.
    private var recordings: [SteppedSandbox.OutgoingCallback] = []
    private(set) var findings: [String] = []

    private static let recordingsMax = 64

    init(world: World, chance: Chance) {
        self.world = world
        self.chance = chance
    }

    func send(to endpoint: NotificationEndpoint) { self.endpoint = endpoint.text }

    var isBusy: Bool { !underWay.isEmpty }

    /// Callbacks that are due now and not on their way.
    private func due() throws -> [SteppedSandbox.OutgoingCallback] {
        let now = world.time.world.now
        return try world.sandbox.waitingCallbacks(limit: 24).filter { $0.dueAt <= now && !underWay.contains($0.id) }
    }

    /// Sends one of those that are due, in any order. Tells which; nil where none is.
    func deliverOne(to process: SummaProcess) throws -> String? {
        let due = try due()
        guard !due.isEmpty else { return nil }
        let callback = due[chance.index(below: due.count)]
        let name = "callback \(callback.id)"
        if world.fate.strikes(.callbackLost) {
            try world.sandbox.noteAttempt(at: callback.id, status: nil)
            return "\(name) lost"
        }
        record(callback)
        if world.fate.strikes(.callbackForged) { post(forged(callback), to: process, number: nil) }
        if world.fate.strikes(.callbackTwice) { post(callback, to: process, number: nil) }
        post(callback, to: process, number: callback.id)
        return "\(name) sent"
    }

    /// Sends something that was sent before, as it was then.
    func replayOne(to process: SummaProcess) -> String? {
        guard !recordings.isEmpty else { return nil }
        let callback = recordings[chance.index(below: recordings.count)]
        post(callback, to: process, number: nil)
        return "callback \(callback.id) sent again by somebody"
    }

    private func record(_ callback: SteppedSandbox.OutgoingCallback) {
        recordings.append(callback)
        if recordings.count > Self.recordingsMax { recordings.removeFirst() }
    }

    /// The same with other contents: what it says is not what was signed.
    private func forged(_ callback: SteppedSandbox.OutgoingCallback) -> SteppedSandbox.OutgoingCallback {
        var forged = callback
        forged.body.append(0x20)
        return forged
    }

    /// - Parameter number: By which the provider hears how it went; nil where it did not send it.
    private func post(_ callback: SteppedSandbox.OutgoingCallback, to process: SummaProcess, number: Int64?) {
        if let number { underWay.insert(number) }
        let command = ReceiveNotification.Command(
            endpoint: endpoint, headers: NotificationHeaders(callback.headers), body: callback.body,
            source: "192.0.2.0/24")
        world.executor.start {
            let status = await self.status(of: command, by: process)
            guard let number else { return }
            self.underWay.remove(number)
            let isHeard = !process.life.isOver && !self.world.fate.strikes(.callbackUnacknowledged)
            do { try self.world.sandbox.noteAttempt(at: number, status: isHeard ? status : nil) } catch {
                self.findings.append("the provider could not note an attempt: \(error)")
            }
        }
    }

    /// As the route answers.
    private func status(of command: ReceiveNotification.Command, by process: SummaProcess) async -> Int64 {
        do {
            _ = try await process.intake.run(command)
            return 200
        } catch is NotificationRejection {
            return 400
        } catch is UnknownEndpoint {
            return 404
        } catch {
            return 503
        }
    }
}
