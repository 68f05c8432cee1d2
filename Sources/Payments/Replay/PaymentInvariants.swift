import Ledger
import Money
import Storage

/// What must hold for every payment whatever happened to it: checked by looking at the rows, apart from all that wrote them.
package enum PaymentInvariants {
    /// Looks at all payments of a book, and then at what is open of them. Answers what is wrong, in that order.
    package static func findings(in rows: Rows, pageSize: Int = 500) throws -> [PaymentFinding] {
        var findings: [PaymentFinding] = []
        var last: PaymentID?
        repeat {
            let page = try PaymentStore.page(after: last, limit: pageSize, in: rows)
            for row in page { findings += try self.findings(of: row, in: rows) }
            last = page.last?.payment.id
        } while last != nil
        return try findings + unknownCommands(in: rows) + openItems(in: rows)
    }

    static func findings(of row: PaymentRow, in rows: Rows) throws -> [PaymentFinding] {
        let payment = row.payment
        let operations = try PaymentOperationStore.all(of: payment.id, in: rows)
        var findings = ceilings(payment)
        findings += reservations(payment, operations)
        findings += bookings(payment, operations)
        findings += try holds(row, operations, in: rows)
        findings += try commands(row, operations, in: rows)
        if payment.doubtCount != ([row.authorization] + operations).count(where: { $0.state == .inDoubt }) {
            findings.append(.doubtsMiscounted(payment.id))
        }
        return findings
    }

    private static func ceilings(_ payment: Payment) -> [PaymentFinding] {
        guard !payment.flags.contains(.aboveCeiling) else { return [] }
        var findings: [PaymentFinding] = []
        if payment.amounts.isOvercaptured { findings.append(.capturedAboveAuthorized(payment.id)) }
        if payment.amounts.isOverreturned { findings.append(.returnedAboveCaptured(payment.id)) }
        return findings
    }

    /// What is in flight is what open requests reserve, no more and no less.
    private static func reservations(_ payment: Payment, _ operations: [PaymentOperation]) -> [PaymentFinding] {
        func inFlight(_ kind: OperationKind) -> Int128 {
            operations.filter { $0.kind == kind && $0.origin == .request && $0.state.isOpen }
                .reduce(0) { $0 + Int128($1.amount.minorUnits) }
        }
        var findings: [PaymentFinding] = []
        if inFlight(.capture) != Int128(payment.amounts.capturesInFlight.minorUnits) {
            findings.append(.reservationDiffers(payment.id, .capture))
        }
        if inFlight(.refund) != Int128(payment.amounts.refundsInFlight.minorUnits) {
            findings.append(.reservationDiffers(payment.id, .refund))
        }
        return findings
    }

    /// Each sum of facts is what its operations have posted and not undone.
    private static func bookings(_ payment: Payment, _ operations: [PaymentOperation]) -> [PaymentFinding] {
        let reasons: [(PaymentSum, PostingReason)] = [
            (.captured, .capture), (.refunded, .refund), (.feeCharged, .platformFee), (.feeReturned, .feeReturn),
        ]
        return reasons.compactMap { sum, reason in
            let posted = operations.flatMap { $0.transactions(for: reason) }
                .reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
            return posted == Int128(payment.amounts[sum].minorUnits) ? nil : .sumDiffers(payment.id, sum)
        }
    }

    /// Holds are as the ledger has them, and none outlives what it was placed for.
    private static func holds(
        _ row: PaymentRow, _ operations: [PaymentOperation], in rows: Rows
    ) throws -> [PaymentFinding] {
        let payment = row.payment
        var findings: [PaymentFinding] = []
        if !payment.holds.isEmpty, !payment.authorization.isOpen, payment.authorization != .authorized {
            findings.append(.holdOutlives(payment.id, payment.holds[0].id))
        }
        if !payment.holds.contains(where: { $0.id == row.hold }), try rows.find(Hold.self, row.hold)?.isOpen == true {
            findings.append(.holdOutlives(payment.id, row.hold))
        }
        for hold in payment.holds + operations.compactMap(\.hold) {
            let kept = try rows.find(Hold.self, hold.id)
            if kept?.isOpen != true || kept?.remaining != hold.remaining.minorUnits {
                findings.append(.holdDiffers(payment.id, hold.id))
            }
        }
        return findings
    }
}
