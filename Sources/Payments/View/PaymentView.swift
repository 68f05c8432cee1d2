import EventLog
import Ledger
import Money
import Storage

/// A payment as the log tells of it, for lists: what people and callers look for, found in many ways. It lags a little behind
/// the payment itself, and says by how much.
package struct PaymentView: Row, Hashable, PaymentFigures {
    package let id: PaymentID
    package let merchant: PathSegment
    package let providerAccount: PathSegment
    package let reference: ExternalID?
    /// The hold of its charge.
    package let hold: LedgerTransactionID
    package let createdAt: Instant

    package var amounts: PaymentAmounts
    package var authorization: AuthorizationState
    package var flags: PaymentFlags
    package var failure: ProviderFailure?
    package var nextAction: AllowedText?
    package var providerReference: ProviderReference?
    /// The operations whose answer was lost and not found yet.
    package var doubts: Set<PaymentOperationID>
    /// The last event of it that this shows.
    package var sequence: Int64

    package var key: PaymentID { id }
    package var isInDoubt: Bool { !doubts.isEmpty }

    /// - Parameter row: The payment as it began.
    init(beginning row: PaymentRow) {
        let payment = row.payment
        id = payment.id
        merchant = payment.merchant
        providerAccount = payment.providerAccount
        reference = payment.reference
        hold = row.hold
        createdAt = payment.createdAt
        amounts = payment.amounts
        authorization = payment.authorization
        flags = []
        doubts = []
        sequence = row.sequence
    }
}

// MARK: As columns

extension PaymentView {
    package static let table = TableDefinition<PaymentView>(
        "payment_view", .derived,
        columns: [
            .integer("id"),
            .text("merchant"),
            .text("provider_account"),
            .text("reference", optional: true),
            .integer("hold"),
            .integer("created_at"),
            .integer("amount_minor"),
            .text("currency"),
            .integer("exponent"),
        ] + PaymentSum.allCases.map { .integer("\($0.rawValue)_minor") } + [
            .text("status"),
            .text("authorization_state"),
            .integer("flags"),
            .text("failure", optional: true),
            .text("failure_code", optional: true),
            .text("next_action", optional: true),
            .text("provider_reference", optional: true),
            // Identifiers, nearly always none.
            .text("doubts"),
            .integer("sequence"),
        ])

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(merchant.text)
        columns.text(providerAccount.text)
        columns.text(reference?.text)
        columns.key(hold)
        columns.instant(createdAt)
        columns.amount(amounts.requested)
        for sum in PaymentSum.allCases { columns.integer(amounts[sum].minorUnits) }
        columns.text(status.rawValue)
        columns.text(authorization.rawValue)
        columns.integer(flags.rawValue)
        columns.failure(failure)
        columns.text(nextAction?.text)
        columns.text(providerReference?.text)
        columns.text(doubts.map(\.description).sorted().joined(separator: " "))
        columns.integer(sequence)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        merchant = try columns.parsed("merchant") { PathSegment($0) }
        providerAccount = try columns.parsed("provider_account") { PathSegment($0) }
        reference = try columns.optionalParsed("reference", ExternalID.init(_:))
        hold = try columns.key()
        createdAt = columns.instant()
        amounts = PaymentAmounts(requested: try columns.amount())
        for sum in PaymentSum.allCases {
            amounts[sum] = Amount(minorUnits: columns.integer(), currency: amounts.currency)
        }
        // It follows from what is around it, and is a column only to be looked for.
        _ = columns.text()
        authorization = try columns.named("authorization_state")
        flags = PaymentFlags(rawValue: columns.integer())
        failure = try columns.failure()
        nextAction = try columns.optionalParsed("next_action") { AllowedText($0) }
        providerReference = try columns.optionalParsed("provider_reference", ProviderReference.init(_:))
        doubts = try columns.parsed("doubts") { text in
            Set(text.split(separator: " ").compactMap { PaymentOperationID(text: String($0)) })
        }
        sequence = columns.integer()
    }
}
