import Payments
import Testing

@Suite("The fact table")
struct FactTableTests {
    @Test("has an entry for every fact and every state", arguments: FactKind.allCases)
    func complete(kind: FactKind) {
        var count = 0
        for status in PaymentStatus.allCases {
            for standing in OperationStanding.allCases {
                for dispute in DisputeState.allCases {
                    _ = FactTable.verdict(on: kind, status: status, standing: standing, dispute: dispute)
                    count += 1
                }
            }
        }
        #expect(count == 10 * 9 * 5)
        #expect(FactTable.kindsByStanding.contains(kind) != FactTable.kindsByDispute.contains(kind))
    }

    @Test(
        "never lets money that moved go unbooked: a first success is applied in every state of a payment",
        arguments: [
            FactKind.captured, .refunded, .chargebackOpened,
        ])
    func moneyIsBooked(kind: FactKind) {
        for status in PaymentStatus.allCases {
            for standing in [
                OperationStanding.unknown, .requested, .submitted, .inDoubt, .declined, .failed, .cancelled,
            ] {
                let verdict = FactTable.verdict(on: kind, status: status, standing: standing, dispute: .none)
                guard case .apply = verdict else {
                    Issue.record("\(kind) on \(status), operation \(standing): \(verdict)")
                    continue
                }
            }
        }
    }

    @Test(
        "drops what an operation that has succeeded is said to have done again",
        arguments: [
            FactKind.authorized, .captured, .refunded, .voided,
        ])
    func repeats(kind: FactKind) {
        for status in PaymentStatus.allCases {
            #expect(FactTable.verdict(on: kind, status: status, standing: .succeeded, dispute: .none) == .drop)
        }
    }

    @Test("takes a chargeback's money once: an opening after the closing is late", arguments: PaymentStatus.allCases)
    func openedLate(status: PaymentStatus) {
        for dispute in [DisputeState.open, .won, .lost] {
            let verdict = FactTable.verdict(
                on: .chargebackOpened, status: status, standing: .unknown, dispute: dispute)
            #expect(verdict == .drop)
        }
    }

    @Test("never undoes on a stale word: it asks", arguments: [FactKind.declined, .failed])
    func staleDecline(kind: FactKind) {
        for status in [PaymentStatus.authorized, .partiallyCaptured, .captured] {
            #expect(FactTable.verdict(on: kind, status: status, standing: .succeeded, dispute: .none) == .lookUp)
            #expect(FactTable.verdict(on: kind, status: status, standing: .submitted, dispute: .none) == .lookUp)
        }
    }

    @Test("flags what happened after we had said that it did not", arguments: [FactKind.authorized, .captured])
    func lateSuccess(kind: FactKind) {
        for status in [PaymentStatus.voided, .expired, .declined, .failed] {
            let verdict = FactTable.verdict(on: kind, status: status, standing: .failed, dispute: .none)
            #expect(verdict == .apply(.lateSuccess))
        }
    }

    @Test("asks whether an undone success is said anew or again", arguments: [FactKind.captured, .refunded])
    func undone(kind: FactKind) {
        #expect(FactTable.verdict(on: kind, status: .captured, standing: .undone, dispute: .none) == .lookUp)
    }
}
