import Foundation
import Glibc
import JSON
import Payments
import Storage
import Synchronization

/// Charges over HTTP from a load generator in the same process: keep-alive connections, each sending its next charge when the
/// one before is answered, under a key of its own.
///
/// Two loads. *Accepted*: no provider is asked. *Carried*: the sandbox is asked, in a process of its own, its callbacks come
/// in, and a charge counts when the view shows it captured; the load waits whenever too many are on their way, so that the
/// rate is one that could go on.
struct HTTPBench: Sendable {
    enum Mode: String, CaseIterable, Sendable { case accepted, carried }

    struct Load: Sendable {
        let mode: Mode
        let connections: Int
        let seconds: Int
        /// The most charges on their way at once, where they are carried through.
        let backlogMax: Int
    }

    struct Figures: Sendable {
        let mode: Mode
        let connections: Int
        let accepted: Int
        let perSecond: Int
        /// Of the answer, or of the whole way where charges are carried through; microseconds.
        let p50: Int64
        let p99: Int64
        /// On their way when the load ended.
        let backlog: Int
        let peakMemoryKiB: Int
    }

    let load: Load
    let directory: String

    func run() async throws -> Figures {
        try await Installation.with(directory) { try await run(on: $0) }
    }

    private func run(on installation: Installation) async throws -> Figures {
        guard let keys = try await Founding(installation: installation).run(),
            let key = keys.first(where: { $0.role == .service })?.secret.revealed
        else { throw CommandFailure("\(directory) was used before") }
        var serving = Serving(installation: installation, listen: ListenAddress(host: "127.0.0.1", port: 0))
        serving.startsSandbox = load.mode == .carried
        serving.runsWorkers = load.mode == .carried
        let figures = Box<Figures>()
        let load = load
        try await serving.run { running in
            let port = running.url.split(separator: ":").last.flatMap { Int($0) } ?? 0
            let track = LoadTrack(backlogMax: load.mode == .carried ? load.backlogMax : .max)
            figures.value = try await measure(LoadSource(port: port, key: key, track: track), installation)
        }
        guard let result = figures.value else { throw CommandFailure("nothing was measured") }
        return result
    }

    private func measure(_ source: LoadSource, _ installation: Installation) async throws -> Figures {
        let uptime = Uptime()
        let start = uptime.now
        let end = start.advanced(by: .seconds(Int64(load.seconds)))
        let threads = (0..<load.connections).map { number in source.start(number, until: end) }
        var carried = Latencies()
        let track = source.track
        if load.mode == .carried {
            while uptime.now < end {
                for span in try track.takeCarried(from: installation, at: uptime.now) { carried.add(span) }
                try await TaskSleeper().sleep(for: .milliseconds(20))
            }
        }
        for thread in threads { await thread.value }
        if let failure = track.failure { throw failure }
        let elapsed = max(1, uptime.now.since(start).microseconds)
        let spans = track.answered
        var answers = Latencies()
        for span in spans { answers.add(span) }
        let isCarried = load.mode == .carried
        let count = isCarried ? carried.count : answers.count
        return Figures(
            mode: load.mode, connections: load.connections, accepted: answers.count,
            perSecond: count * 1_000_000 / Int(elapsed),
            p50: (isCarried ? carried : answers).perMille(500), p99: (isCarried ? carried : answers).perMille(990),
            backlog: track.backlog, peakMemoryKiB: peakMemoryKiB())
    }
}

/// What became of the charges of one load.
final class LoadTrack: Sendable {
    private struct State {
        var answered: [Instant.Span] = []
        /// Accepted and not seen captured yet, the oldest first.
        var underWay: [(payment: PaymentID, since: Instant)] = []
        var failure: CommandFailure?
    }

    private let state = Mutex(State())
    private let backlogMax: Int
    private static let missCountMax = 32

    init(backlogMax: Int) {
        self.backlogMax = backlogMax
    }

    var answered: [Instant.Span] { state.withLock(\.answered) }
    var backlog: Int { state.withLock { $0.underWay.count } }
    var failure: CommandFailure? { state.withLock(\.failure) }
    var isFull: Bool { backlog >= backlogMax }

    func note(_ payment: PaymentID?, since start: Instant, answeredAt now: Instant) {
        state.withLock { state in
            state.answered.append(now.since(start))
            if let payment, backlogMax != .max { state.underWay.append((payment, start)) }
        }
    }

    func fail(_ failure: CommandFailure) { state.withLock { $0.failure = $0.failure ?? failure } }

    /// Takes away those that the view shows captured, and answers how long each was on its way.
    func takeCarried(from installation: Installation, at now: Instant) throws -> [Instant.Span] {
        let waiting = state.withLock(\.underWay)
        let views = PaymentViewQueries(database: installation.database)
        var done: Set<PaymentID> = []
        var missCount = 0
        // Charges overtake each other a little, and only a little: no need to look at all of them each time.
        for (payment, _) in waiting where missCount < Self.missCountMax {
            if try views.payment(payment, in: Founding.book)?.status == .captured {
                done.insert(payment)
            } else {
                missCount += 1
            }
        }
        return state.withLock { state in
            let spans = state.underWay.filter { done.contains($0.payment) }.map { now.since($0.since) }
            state.underWay.removeAll { done.contains($0.payment) }
            return spans
        }
    }
}

/// The threads that send.
struct LoadSource: Sendable {
    let port: Int
    let key: String
    let track: LoadTrack

    /// Sends charges until the moment; the answer is ready when the thread has ended.
    func start(_ number: Int, until end: Instant) -> Task<Void, Never> {
        let (ended, ending) = AsyncStream.makeStream(of: Void.self)
        let thread = Thread {
            do { try send(as: number, until: end) } catch { track.fail(CommandFailure("\(error)")) }
            ending.finish()
        }
        thread.stackSize = 1 << 19
        thread.start()
        return Task { for await _ in ended {} }
    }

    private func send(as number: Int, until end: Instant) throws {
        let uptime = Uptime()
        let connection = try LoadConnection(port: port)
        var count = 0
        while uptime.now < end {
            guard !track.isFull else {
                ThreadPause.milliseconds(5)
                continue
            }
            count += 1
            let start = uptime.now
            let answer = try connection.send(request("\(number)-\(count)"))
            guard answer.status == 202 else {
                throw CommandFailure(
                    "a charge was answered \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
            }
            track.note(Self.payment(in: answer.body), since: start, answeredAt: uptime.now)
        }
    }

    private func request(_ name: String) -> [UInt8] {
        let body =
            #"{"amount":1250,"currency":"EUR","payment_method":"pm_approve","merchant":"acme","reference":"order-\#(name)"}"#
        let head = """
            POST /v1/charges HTTP/1.1\r
            host: 127.0.0.1\r
            authorization: Bearer \(key)\r
            idempotency-key: \(name)\r
            content-type: application/json\r
            content-length: \(body.utf8.count)\r
            \r

            """
        return Array(head.utf8) + Array(body.utf8)
    }

    /// The answer begins with the payment's id.
    private static func payment(in body: ArraySlice<UInt8>) -> PaymentID? {
        let text = String(decoding: body.prefix(64), as: UTF8.self)
        guard let start = text.range(of: #""id":""#)?.upperBound, let stop = text[start...].firstIndex(of: "\"") else {
            return nil
        }
        return PaymentID(text: String(text[start..<stop]))
    }
}
