import EventLog
import JSON
import Ledger
import Storage

/// Takes in what a provider sends us: its exact bytes first, then whether to believe them, then what they say. What is believed
/// is kept with its verdict in the same commit as the facts it brought.
///
/// Answer 2xx only after this has returned. If the process dies before the commit, the provider sends it again; after it, the
/// repeat is recognised.
package struct ReceiveNotification: Sendable {
    package struct Command: Sendable {
        /// The last part of the address it was sent to.
        package let endpoint: String
        package let headers: NotificationHeaders
        /// Exactly what came: the signature is over these bytes and no others.
        package let body: [UInt8]
        /// The network it came from; never a whole address, which can be a person's.
        package let source: AllowedText
        package let request: AllowedText?
        package let traceparent: TraceParent?

        package init(
            endpoint: String, headers: NotificationHeaders, body: [UInt8], source: AllowedText,
            request: AllowedText? = nil, traceparent: TraceParent? = nil
        ) {
            self.endpoint = endpoint
            self.headers = headers
            self.body = body
            self.source = source
            self.request = request
            self.traceparent = traceparent
        }
    }

    let database: Database
    let directory: ProviderDirectory
    let outcomes: RecordProviderOutcome
    let texts: PrivateTextStore
    let refused: RefusedNotifications
    let clock: any TimeSource
    let random: any RandomSource

    package init(
        database: Database, directory: ProviderDirectory, outcomes: RecordProviderOutcome, texts: PrivateTextStore,
        refused: RefusedNotifications, clock: any TimeSource, random: any RandomSource
    ) {
        self.database = database
        self.directory = directory
        self.outcomes = outcomes
        self.texts = texts
        self.refused = refused
        self.clock = clock
        self.random = random
    }

    /// - Throws: `UnknownEndpoint`, or `NotificationRejection` for what is not believed; either is counted.
    package func run(_ command: Command) async throws -> NotificationReceipt {
        let now = clock.now
        guard let endpoint = NotificationEndpoint(text: command.endpoint),
            let party = try directory.party(at: endpoint)
        else {
            refused.note(.unknownEndpoint, source: command.source, at: now)
            throw UnknownEndpoint()
        }
        let arrival = NotificationArrival(command, at: endpoint.book, from: party.contract.account.code, random: random)
        do {
            return try await believe(try verify(command, by: party, at: endpoint, now: now), arrival)
        } catch let rejection as NotificationRejection {
            if let why = NotificationRefused.Why(rejection) { refused.note(why, source: command.source, at: now) }
            return try await keep(arrival, rejectedAs: rejection)
        }
    }

    /// What no secret has signed is looked at once more where the secrets have changed since they were remembered.
    private func verify(
        _ command: Command, by party: ProviderParty, at endpoint: NotificationEndpoint, now: Instant
    ) throws -> ProviderNotification {
        do { return try verify(command, by: party, now: now) } catch NotificationRejection.signatureMismatch {
            guard let changed = try directory.party(at: endpoint, insteadOf: party) else {
                throw NotificationRejection.signatureMismatch
            }
            return try verify(command, by: changed, now: now)
        }
    }

    private func verify(_ command: Command, by party: ProviderParty, now: Instant) throws -> ProviderNotification {
        try party.provider.verifyNotification(
            headers: command.headers, body: command.body,
            secrets: party.contract.connection.secretsInForce(at: now), now: now)
    }

    private func believe(
        _ notification: ProviderNotification, _ arrival: NotificationArrival
    ) async throws -> NotificationReceipt {
        let heard = outcomes.hear(notification.facts)
        let keys =
            [arrival.expectedKey(notification.id, .believed)]
            + heard.flatMap { $0.expectedKeys(at: arrival.account) }
        return try await database.write(arrival.book, expecting: keys, bytes: arrival.byteCount) { work in
            if try arrival.isRepeat(of: notification.id, .believed, in: &work) { return .repeated }
            let recorded = try heard.map { fact in
                try outcomes.perform(fact, from: arrival.account, context: arrival.context, in: &work)
            }
            let payment = recorded.lazy.compactMap(\.payment).first
            try arrival.keep(notification.id, .believed, about: payment, texts, in: &work)
            return .believed(recorded)
        }
    }

    /// Keeps what was signed and yet not believed. What was not even signed is thrown back.
    private func keep(
        _ arrival: NotificationArrival, rejectedAs rejection: NotificationRejection
    ) async throws -> NotificationReceipt {
        let (name, verdict): (ProviderReference, NotificationVerdict)
        switch rejection {
        case .headerMissing, .headerMalformed, .signatureMismatch: throw rejection
        case .tooOld(let claimed, _): (name, verdict) = (claimed, .tooOld)
        case .fromTheFuture(let claimed, _): (name, verdict) = (claimed, .fromTheFuture)
        case .unreadable(let claimed, _): (name, verdict) = (claimed, .unreadable)
        }
        let keys = [arrival.expectedKey(name, verdict)]
        try await database.write(arrival.book, expecting: keys, bytes: arrival.byteCount) { work in
            if try arrival.isRepeat(of: name, verdict, in: &work) { return }
            try arrival.keep(name, verdict, about: nil, texts, in: &work)
        }
        guard verdict == .unreadable else { throw rejection }
        return .unreadable
    }
}

/// Nothing of ours listens there.
package struct UnknownEndpoint: Error, Hashable {
    package init() {}
}

/// What became of a notification that was taken in.
package enum NotificationReceipt: Hashable, Sendable {
    /// With what became of each of its facts.
    case believed([RecordedOutcome])
    /// It came before; that it came again is noted, and nothing else.
    case repeated
    /// Kept for a person to look at.
    case unreadable
}

extension RecordedOutcome {
    /// The payment a fact spoke of, where we know it.
    package var payment: PaymentID? {
        switch self {
        case .applied(let payment), .repeated(let payment), .questioned(let payment), .unbookable(let payment, _):
            payment
        case .orphaned: nil
        }
    }
}
