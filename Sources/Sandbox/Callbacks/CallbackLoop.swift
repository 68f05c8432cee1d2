import AsyncHTTPClient
import Storage
import Synchronization

/// Sends what is due, many at a time, for as long as the sandbox runs. A callback is marked after it was answered: if the
/// process stops in between it is sent once more, under the same id.
final class CallbackLoop: Sendable {
    private let database: SandboxDatabase
    private let rules: SandboxRules
    private let sender: CallbackSender
    private let bell: Doorbell
    private let inFlight = Mutex<Set<Int64>>([])

    private static let inFlightMax = 64
    /// How long it waits, once woken, for more answers to come: one look fills the room that all of them made.
    private static let gathering = Instant.Span.milliseconds(2)

    init(database: SandboxDatabase, rules: SandboxRules, client: HTTPClient, bell: Doorbell) {
        self.database = database
        self.rules = rules
        self.bell = bell
        sender = CallbackSender(client: client, timings: rules.timings)
    }

    func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let due = try await takeDue()
                for callback in due.callbacks {
                    group.addTask { await self.deliver(callback, settings: due.settings) }
                }
                try await bell.wait(until: due.next, clock: rules.clock)
                try await rules.clock.pause(Self.gathering)
            }
        }
    }

    private struct Due: Sendable {
        let settings: AccountSettings
        let callbacks: [Callback]
        /// When to look again, unless the bell rings before.
        let next: Instant?
    }

    /// Claims what is due and not on its way already.
    private func takeDue() async throws -> Due {
        let busy = inFlight.withLock(\.self)
        let (settings, waiting) = try await database.perform { work in
            let limit = Int64(Self.inFlightMax + busy.count)
            return (try AccountStore.load(in: work), try CallbackStore.waiting(limit: limit, in: work))
        }
        guard settings.callbackURL != nil, settings.callbackSecret != nil else {
            return Due(settings: settings, callbacks: [], next: nil)
        }
        let now = rules.clock.now
        let free = waiting.filter { !busy.contains($0.id) }
        let due = free.filter { $0.dueAt <= now }.prefix(Self.inFlightMax - busy.count)
        inFlight.withLock { $0.formUnion(due.map(\.id)) }
        // With every place taken, the next to be answered rings.
        let next = due.count + busy.count < Self.inFlightMax ? free.dropFirst(due.count).first?.dueAt : nil
        return Due(settings: settings, callbacks: Array(due), next: next)
    }

    private func deliver(_ callback: Callback, settings: AccountSettings) async {
        if let url = settings.callbackURL, let secret = settings.callbackSecret,
            let signer = CallbackSigner(secret: secret)
        {
            let sent = await sender.send(callback, to: url, signedBy: signer, at: rules.clock.now)
            // If this fails the callback is still waiting, and goes out again.
            try? await database.perform { try CallbackStore.save(sent, in: $0) }
        }
        _ = inFlight.withLock { $0.remove(callback.id) }
        bell.ring()
    }
}
