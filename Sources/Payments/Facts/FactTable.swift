/// What to do with a fact, given where things stand: every kind of fact against every state, as data.
///
/// Two questions are asked. *Have we heard this already?* is answered by the operation the fact speaks of, or by the dispute.
/// *Does it fit the payment?* is answered by the payment's status, and only if the first answer was to apply it.
/// The races of money (a capture after a decline, a void against a capture, a callback from the past) are entries here.
package enum FactTable {
    package static func verdict(
        on kind: FactKind, status: PaymentStatus, standing: OperationStanding, dispute: DisputeState
    ) -> Verdict {
        let known = kind.operation == nil ? self.known(kind, dispute) : self.known(kind, standing)
        guard case .apply(let first) = known else { return known }
        guard case .apply(let second) = fits(kind, status) else { return fits(kind, status) }
        return .apply(first.union(second))
    }

    /// Have we heard it already? By the operation.
    package static func known(_ kind: FactKind, _ standing: OperationStanding) -> Verdict {
        entry(byStanding, kind, OperationStanding.allCases, standing)
    }

    /// Have we heard it already? By the dispute.
    package static func known(_ kind: FactKind, _ dispute: DisputeState) -> Verdict {
        entry(byDispute, kind, DisputeState.allCases, dispute)
    }

    /// Does it fit the payment?
    package static func fits(_ kind: FactKind, _ status: PaymentStatus) -> Verdict {
        entry(byStatus, kind, PaymentStatus.allCases, status)
    }

    /// The kinds each table has a row for.
    package static let kindsByStanding = FactKind.allCases.filter { $0.operation != nil }
    package static let kindsByDispute = FactKind.allCases.filter { $0.operation == nil }

    private static func entry<Column: Equatable>(
        _ table: [FactKind: [Verdict]], _ kind: FactKind, _ columns: [Column], _ column: Column
    ) -> Verdict {
        guard let row = table[kind], row.count == columns.count, let index = columns.firstIndex(of: column) else {
            preconditionFailure("the fact table has an entry for \(kind) × \(column)")
        }
        return row[index]
    }
}

/// What to do with a fact.
package enum Verdict: Hashable, Sendable {
    /// Book it; where it contradicts what we knew, with flags that open a work item.
    case apply(PaymentFlags)
    /// It says nothing we do not know: a repeat, or a callback from before what we know.
    case drop
    /// It would undo what we know. Ask the provider, and believe the answer.
    case lookUp
}

// Names of one length, so that the tables can be read as tables.
private let apply = Verdict.apply([])
private let stale = Verdict.drop
private let query = Verdict.lookUp
private let tardy = Verdict.apply(.lateSuccess)
private let clash = Verdict.apply(.conflicted)

extension FactTable {
    /// Against the operation. An authorization that has succeeded is not declined by a stale callback; what was undone and
    /// is now said to have succeeded may be a repeat of the first success.
    fileprivate static let byStanding: [FactKind: [Verdict]] = [
        // unknown, requested, submitted, in doubt; succeeded, undone; declined, failed, cancelled
        .actionRequired: [apply, apply, apply, apply, stale, stale, stale, stale, stale],
        .authorized: [apply, apply, apply, apply, stale, stale, tardy, tardy, tardy],
        .declined: [apply, apply, apply, apply, query, stale, stale, stale, stale],
        .failed: [apply, apply, apply, apply, query, stale, stale, stale, stale],
        .expired: [apply, apply, apply, apply, apply, stale, stale, stale, stale],
        .voided: [apply, apply, apply, apply, stale, stale, clash, clash, apply],
        .voidFailed: [stale, apply, apply, apply, query, stale, stale, stale, stale],
        .captured: [apply, apply, apply, apply, stale, query, tardy, tardy, tardy],
        .captureFailed: [apply, apply, apply, apply, apply, stale, stale, stale, stale],
        .refunded: [apply, apply, apply, apply, stale, query, clash, clash, clash],
        .refundFailed: [apply, apply, apply, apply, apply, stale, stale, stale, stale],
    ]

    /// Against the dispute. A closing we never saw open implies the opening, so that one which comes after it takes nothing
    /// again, however the dispute ended.
    fileprivate static let byDispute: [FactKind: [Verdict]] = [
        // none, inquiry, open, won, lost
        .inquiryOpened: [apply, stale, stale, stale, stale],
        .chargebackOpened: [apply, apply, stale, stale, stale],
        .chargebackWon: [clash, apply, apply, stale, clash],
        .chargebackLost: [clash, apply, apply, clash, stale],
    ]

    /// Against the payment. Captured before authorized implies it. What happened after we had said that it did not is a late
    /// success: the fact wins. A decline after an authorization, and a void after a capture, are asked about.
    fileprivate static let byStatus: [FactKind: [Verdict]] = [
        // accepted, authorizing, action required; authorized, partially captured, captured; voided, expired, declined, failed
        .actionRequired: [apply, apply, apply, stale, stale, stale, stale, stale, stale, stale],
        .authorized: [apply, apply, apply, stale, stale, stale, tardy, tardy, tardy, tardy],
        .declined: [apply, apply, apply, query, query, query, stale, stale, stale, stale],
        .failed: [apply, apply, apply, query, query, query, stale, stale, stale, stale],
        .expired: [apply, apply, apply, apply, apply, stale, stale, stale, stale, stale],
        .voided: [apply, apply, apply, apply, apply, query, apply, apply, apply, apply],
        .voidFailed: [apply, apply, apply, apply, apply, apply, apply, apply, apply, apply],
        .captured: [apply, apply, apply, apply, apply, apply, tardy, tardy, tardy, tardy],
        .captureFailed: [apply, apply, apply, apply, apply, apply, apply, apply, apply, apply],
        .refunded: [clash, clash, clash, clash, apply, apply, clash, clash, clash, clash],
        .refundFailed: [apply, apply, apply, apply, apply, apply, apply, apply, apply, apply],
        .inquiryOpened: [clash, clash, clash, clash, apply, apply, clash, clash, clash, clash],
        .chargebackOpened: [clash, clash, clash, clash, apply, apply, clash, clash, clash, clash],
        .chargebackWon: [clash, clash, clash, clash, apply, apply, clash, clash, clash, clash],
        .chargebackLost: [clash, clash, clash, clash, apply, apply, clash, clash, clash, clash],
    ]
}
