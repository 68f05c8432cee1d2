import AsyncHTTPClient
import NIOCore
import Providers
import Sandbox
import Storage
import Synchronization

/// The way between us and the provider. Requests and answers lie on it until somebody moves them, in any order; some never
/// arrive, some arrive after we have stopped waiting.
final class SimulatedNetwork: @unchecked Sendable {
    /// As long as an adapter waits; shorter than a claim's lease.
    static let patience = Instant.Span.seconds(5)
    /// What has not arrived by then never does.
    private static let lifetime = Instant.Span.minutes(1)

    /// A request as it goes over the wire.
    struct Request: Sendable {
        let method: String
        /// Path and query.
        let target: String
        let key: String
        let body: [UInt8]
    }

    private struct Exchange {
        let number: Int
        let request: Request
        let sentAt: Instant
        /// Nil while the request is on its way.
        var answer: ProviderHTTP.Outcome?
        let caller: CheckedContinuation<ProviderHTTP.Outcome, Never>
    }

    private let sandbox: SteppedSandbox
    private let time: SimulatedTime
    private let fate: Fate
    private var underWay: [Exchange] = []
    /// Requests nobody waits for any more and which may arrive all the same.
    private var strays: [(request: Request, sentAt: Instant)] = []
    private var lastNumber = 0

    init(to sandbox: SteppedSandbox, time: SimulatedTime, fate: Fate) {
        self.sandbox = sandbox
        self.time = time
        self.fate = fate
    }

    // MARK: Our side

    /// Carries a request for a process, for as long as it lives.
    func carry(_ request: HTTPClientRequest, for life: Life) async -> ProviderHTTP.Outcome {
        guard let wire = try? await Self.wire(request), !life.isOver else { return .notSent(why: "ended") }
        return await withCheckedContinuation { caller in
            lastNumber += 1
            underWay.append(
                Exchange(number: lastNumber, request: wire, sentAt: time.world.now, answer: nil, caller: caller))
        }
    }

    private static func wire(_ request: HTTPClientRequest) async throws -> Request {
        var body: [UInt8] = []
        if let sent = request.body { for try await part in sent { body += Array(buffer: part) } }
        // Scheme and host are fixed; what follows the third slash is asked for.
        let parts = request.url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return Request(
            method: request.method.rawValue, target: "/" + (parts.count > 3 ? parts[3] : ""),
            key: request.headers.first(name: "idempotency-key") ?? "", body: body)
    }

    // MARK: The scheduler's side

    var count: Int { underWay.count + strays.count }

    /// Moves one request or answer on. Tells what became of it.
    func move(at index: Int) throws -> String {
        guard index < underWay.count else { return try deliverStray(at: index - underWay.count) }
        if underWay[index].answer == nil { return try moveRequest(at: index) }
        return moveAnswer(at: index)
    }

    private func moveRequest(at index: Int) throws -> String {
        let exchange = underWay[index]
        let what = "request \(exchange.number) \(exchange.request.method) \(exchange.request.target)"
        switch fate.strikes([
            .connectionRefused, .requestLost, .requestLate, .providerBusy, .providerBroken, .requestTwice,
        ]) {
        case .connectionRefused: return end(at: index, .notSent(why: "not_connected"), "\(what) refused")
        case .requestLost: return end(at: index, .noAnswer(why: "timed_out"), "\(what) lost")
        case .requestLate:
            strays.append((exchange.request, exchange.sentAt))
            return end(at: index, .noAnswer(why: "timed_out"), "\(what) given up, still on its way")
        case .providerBusy: return end(at: index, .answered(status: 429, body: []), "\(what) answered 429")
        case .providerBroken: return end(at: index, .answered(status: 500, body: []), "\(what) answered 500")
        case .requestTwice: _ = try answer(exchange.request)
        default: break
        }
        underWay[index].answer = try answer(exchange.request)
        return "\(what) arrived"
    }

    private func moveAnswer(at index: Int) -> String {
        let exchange = underWay[index]
        let what = "answer \(exchange.number)"
        switch fate.strikes([.answerLost, .answerGarbled]) {
        case .answerLost: return end(at: index, .noAnswer(why: "timed_out"), "\(what) lost")
        case .answerGarbled:
            return end(at: index, .answered(status: 502, body: Array("<html>".utf8)), "\(what) garbled")
        default: return end(at: index, exchange.answer ?? .noAnswer(why: "timed_out"), "\(what) arrived")
        }
    }

    private func deliverStray(at index: Int) throws -> String {
        let request = strays.remove(at: index).request
        _ = try answer(request)
        return "late request \(request.method) \(request.target) arrived"
    }

    private func end(at index: Int, _ outcome: ProviderHTTP.Outcome, _ line: String) -> String {
        underWay.remove(at: index).caller.resume(returning: outcome)
        return line
    }

    private func answer(_ request: Request) throws -> ProviderHTTP.Outcome {
        if request.method == "GET" {
            let reference = request.target.split(separator: "=").last.map(String.init) ?? ""
            return .answered(status: 200, body: Array(try sandbox.operations(reference: reference).utf8))
        }
        switch try sandbox.post(request.target, key: request.key, body: request.body) {
        case .answered(let status, let body): return .answered(status: UInt(status), body: Array(body.utf8))
        case .timesOut: return .noAnswer(why: "timed_out")
        }
    }

    /// Nobody waits longer than an adapter does. Whether the request had arrived by then, nobody knows.
    func giveUpWhatTakesTooLong() {
        let now = time.world.now
        while let index = underWay.firstIndex(where: { now.since($0.sentAt) >= Self.patience }) {
            leaveOnItsWay(at: index)
            _ = end(at: index, .noAnswer(why: "timed_out"), "")
        }
        strays.removeAll { now.since($0.sentAt) >= Self.lifetime }
    }

    private func leaveOnItsWay(at index: Int) {
        let exchange = underWay[index]
        if exchange.answer == nil { strays.append((exchange.request, exchange.sentAt)) }
    }

    /// The process that waits has ended: requests on their way may arrive all the same.
    func abandonAll() {
        while let last = underWay.indices.last {
            leaveOnItsWay(at: last)
            _ = end(at: last, .noAnswer(why: "ended"), "")
        }
    }
}
