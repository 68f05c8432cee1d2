import Ledger
import Storage

/// A payment with its authorization, in one row: the one that nearly everything reads and writes. Wide on purpose: each
/// further row of a payment would cost more than all of these columns.
package struct PaymentRow: Row, Hashable {
    package var payment: Payment
    /// How the asking for the authorization went. The rest of that operation follows from the payment.
    package var authorizationState: OperationState
    package var authorizationFailure: ProviderFailure?
    /// The hold its charge placed: what the charge is known by in the ledger, also after it has ended.
    package let hold: LedgerTransactionID
    /// The last event that changed it.
    package var sequence: Int64

    package var key: PaymentID { payment.id }

    package init(
        _ payment: Payment, authorizationState: OperationState = .requested, hold: LedgerTransactionID, sequence: Int64
    ) {
        self.payment = payment
        self.authorizationState = authorizationState
        self.hold = hold
        self.sequence = sequence
    }

    package var authorization: PaymentOperation {
        get {
            var operation = PaymentOperation(
                id: payment.authorizationOperation, payment: payment.id, kind: .authorization, origin: .request,
                amount: payment.amounts.requested, createdAt: payment.createdAt)
            operation.state = authorizationState
            operation.failure = authorizationFailure
            return operation
        }
        set {
            precondition(newValue.id == payment.authorizationOperation, "an authorization belongs to its payment")
            authorizationState = newValue.state
            authorizationFailure = newValue.failure
        }
    }

    package static let table = TableDefinition<PaymentRow>(
        "payment", .recorded, columns: natureColumns + amountColumns + stateColumns + termsColumns,
        checks: [
            // The ceilings that bind requests; facts may pass them, and are flagged then.
            "captured_minor <= authorized_minor OR (flags & 4) <> 0",
            """
            (refunded_minor <= captured_minor AND refunds_in_flight_minor <= captured_minor - refunded_minor
                AND disputed_minor <= captured_minor - refunded_minor - refunds_in_flight_minor
                AND lost_minor <= captured_minor - refunded_minor - refunds_in_flight_minor - disputed_minor)
            OR (flags & 4) <> 0
            """,
            "(authorization_state = 'action_required') = (next_action IS NOT NULL)",
            // No hold outlives its payment.
            "first_hold IS NULL OR authorization_state IN ('accepted', 'authorizing', 'action_required', 'authorized')",
        ])

    private static let natureColumns: [Column] = [
        .integer("id"),
        .text("merchant"),
        .text("provider_account"),
        .text("payment_method"),
        .text("capture_mode", check: "capture_mode IN ('automatic', 'manual')"),
        .text("reference", optional: true),
        .integer("amount_minor", check: "amount_minor > 0"),
        .text("currency"),
        .integer("exponent", check: "exponent BETWEEN 0 AND 9"),
        .integer("created_at"),
        .integer("hold"),
    ]

    private static let amountColumns: [Column] =
        PaymentSum.allCases.map { .integer("\($0.rawValue)_minor", check: "\($0.rawValue)_minor >= 0") }

    private static let stateColumns: [Column] = [
        .text(
            "status",
            check: """
                status IN ('accepted', 'authorizing', 'action_required', 'authorized', 'partially_captured', 'captured',
                    'voided', 'expired', 'declined', 'failed')
                """),
        .text(
            "authorization_state",
            check: """
                authorization_state IN ('accepted', 'authorizing', 'action_required', 'authorized', 'used', 'voided',
                    'expired', 'declined', 'failed')
                """),
        .text("authorization_operation", check: PaymentOperation.stateCheck("authorization_operation")),
        .text("authorization_failure", optional: true),
        .text("authorization_failure_code", optional: true),
        .integer("first_hold", optional: true),
        .integer("first_hold_minor", optional: true, check: "first_hold_minor > 0"),
        .integer("second_hold", optional: true),
        .integer("second_hold_minor", optional: true, check: "second_hold_minor > 0"),
        .integer("voiding", optional: true),
        .integer("automatic_capture", optional: true),
        .integer("doubt_count", check: "doubt_count >= 0"),
        .integer("flags", check: "flags BETWEEN 0 AND 7"),
        .text("failure", optional: true),
        .text("failure_code", optional: true),
        .text("next_action", optional: true),
        .text("provider_reference", optional: true),
        .integer("sequence", check: "sequence >= 1"),
    ]

    private static let termsColumns: [Column] = [
        // Nil for a fee stated by the charge; otherwise the plan's share, and then `fee_minor` is its fixed part.
        .integer("fee_basis_points", optional: true, check: "fee_basis_points >= 0"),
        .integer("fee_minor", check: "fee_minor >= 0"),
        .text("fee_rounding"),
        .text("fee_on_refund", check: "fee_on_refund IN ('keep', 'proportional')"),
        .text("chargeback_liability", check: "chargeback_liability IN ('merchant', 'platform')"),
        .integer("passes_dispute_fee", check: "passes_dispute_fee IN (0, 1)"),
        .text("late_success", check: "late_success IN ('accept', 'return')"),
    ]
}
