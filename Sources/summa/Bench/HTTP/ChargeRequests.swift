import Payments
import Storage
import Synchronization

/// Charges under random keys.
final class ChargeRequests: LoadRequests, Sendable {
    private struct State {
        var template: RequestTemplate
        var random: SplitMix
    }

    private let state: Mutex<State>
    /// What became of those accepted, where they are carried through.
    let track: CarriedTrack?

    init(key: String, seed: UInt64, track: CarriedTrack? = nil) {
        let body =
            #"{"amount":1250,"currency":"EUR","payment_method":"pm_approve","merchant":"acme","#
            + #""reference":"order-\#(RequestTemplate.mark)"}"#
        let template = RequestTemplate(
            [
                "POST /v1/charges HTTP/1.1", "host: 127.0.0.1", "authorization: Bearer \(key)",
                "idempotency-key: \(RequestTemplate.mark)", "content-type: application/json",
            ], body: body)
        state = Mutex(State(template: template, random: SplitMix(seed: seed)))
        self.track = track
    }

    var isHeldBack: Bool { track?.isFull ?? false }

    func next() -> [UInt8] {
        state.withLock { $0.template.filled(with: $0.random.next()) }
    }

    func take(_ answer: LoadAnswer, of connection: Int) throws {
        guard answer.status == 202 else {
            throw CommandFailure(
                "a charge was answered \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        guard let track else { return }
        guard let payment = answer.identifier.flatMap({ PaymentID(text: $0) }) else {
            throw CommandFailure("an accepted charge names no payment")
        }
        track.accepted(payment, at: Uptime().now)
    }
}
