import Money
import Payments
import Sandbox
import Storage

/// What really happened at the provider, by its own record, against what our books say of it.
struct ProviderAudit {
    let effects: [SteppedSandbox.EffectRecord]
    let rows: Rows

    func findings() throws -> [String] {
        let payments = try PaymentStore.page(after: nil, limit: .max, in: rows).map(\.payment)
        return doubled() + unknown(to: payments) + payments.flatMap(differences)
    }

    /// Nothing was done twice for one request of ours.
    private func doubled() -> [String] {
        Dictionary(grouping: effects.filter { $0.reference != nil }) { "\($0.kind) \($0.reference ?? "")" }
            .filter { $0.value.count > 1 }.map { "\($0.key) happened \($0.value.count) times" }.sorted()
    }

    /// Each authorization there belongs to one payment here.
    private func unknown(to payments: [Payment]) -> [String] {
        let known = Set(payments.compactMap(\.providerReference?.text))
        return Set(effects.map(\.authorization)).subtracting(known).sorted()
            .map { "the provider has \($0), and no payment is it" }
    }

    private func differences(of payment: Payment) -> [String] {
        let own = effects.filter { $0.authorization == payment.providerReference?.text }
        func sum(_ kind: String) -> Int64 { own.filter { $0.kind == kind }.reduce(0) { $0 + $1.amount } }
        let amounts = payment.amounts
        let pairs: [(what: String, there: Int64, here: Int64)] = [
            ("captured", sum("captured"), amounts.captured.minorUnits),
            ("refunded", sum("refunded") - sum("refund_returned"), amounts.refunded.minorUnits),
            (
                "disputed", sum("charged_back") - sum("chargeback_reversed"),
                amounts.disputed.minorUnits + amounts.lost.minorUnits
            ),
        ]
        let differing = pairs.filter { $0.there != $0.here }.map {
            "\(payment.id): the provider has \($0.what) \($0.there), our books \($0.here)"
        }
        return differing + promiseDifference(of: payment, own)
    }

    /// The issuer's promise ended the way it did there.
    private func promiseDifference(of payment: Payment, _ own: [SteppedSandbox.EffectRecord]) -> [String] {
        let kinds = Set(own.map(\.kind))
        let isAsThere: Bool
        switch payment.authorization {
        case .accepted, .authorizing, .actionRequired: isAsThere = false
        case .authorized: isAsThere = kinds.contains("authorized") && kinds.isDisjoint(with: ["voided", "expired"])
        case .used: isAsThere = kinds.contains("captured") || kinds.contains("authorized")
        case .voided: isAsThere = kinds.contains("voided") || !kinds.contains("authorized")
        case .expired: isAsThere = kinds.contains("expired")
        case .declined, .failed: isAsThere = !kinds.contains("authorized")
        }
        return isAsThere
            ? [] : ["\(payment.id) is \(payment.authorization.rawValue) here, and \(kinds.sorted()) there"]
    }
}
