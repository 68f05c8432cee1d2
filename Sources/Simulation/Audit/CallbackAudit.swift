import Payments
import Sandbox
import Storage

/// What the provider called back, by its own record, against what was taken in: all that was acknowledged, once, and nothing the
/// provider did not say.
struct CallbackAudit {
    let callbacks: [SteppedSandbox.CallbackRecord]
    let rows: Rows

    func findings() throws -> [String] {
        let kept = try NotificationStore.page(after: nil, limit: .max, in: rows)
        let believed = kept.filter { $0.verdict == .believed }.map(\.name.text)
        let times = Dictionary(grouping: believed) { $0 }.mapValues(\.count)
        let said = Set(callbacks.map(\.event))
        let acknowledged = Set(callbacks.filter { $0.isSound && $0.isAccepted }.map(\.event))
        return times.filter { $0.value > 1 }.keys.sorted().map { "callback \($0) was taken in \(times[$0] ?? 0) times" }
            + Set(kept.map(\.name.text)).subtracting(said).sorted().map { "callback \($0) was never sent" }
            + acknowledged.subtracting(believed).sorted().map { "callback \($0) was acknowledged, and is not there" }
    }
}
