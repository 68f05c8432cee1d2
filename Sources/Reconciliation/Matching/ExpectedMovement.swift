import Ledger
import Money
import Payments
import Storage

/// A movement of money the books know of and a provider's file is to account for: one capture, one refund, one chargeback.
package struct ExpectedMovement: Hashable, Sendable {
    package let key: MovementKey
    package let providerAccount: PathSegment
    package let payment: PaymentID
    /// The provider's name for it; nil where the provider has not told us one.
    package let providerReference: StatementReference?
    /// Our name for what we asked for, which the provider echoes; nil where the provider began it.
    package let reference: StatementReference?
    /// What the file is to say, signed from our side.
    package let gross: Amount
    /// What the provider is to keep of it; nil where only the contract says so.
    package let fee: Amount?
    /// As much of the fee as was expensed when the movement happened (rows 9b and 17); the line expenses the rest.
    package let feeBooked: Amount
    package let occurredAt: Instant
    package var state: State
    /// What lines have accounted for so far, signed as `gross`.
    package var settled: Amount
    /// Whether a break says that the file it was due in does not tell of it.
    package var isMissed = false

    package enum State: String, Hashable, Sendable, CaseIterable {
        /// No line yet.
        case open
        /// A line accounted for it, to the last unit or not.
        case settled
        /// A line spoke of it in another currency: it waits for a person, not for a line.
        case contested
    }

    package init(
        key: MovementKey, providerAccount: PathSegment, payment: PaymentID, providerReference: StatementReference?,
        reference: StatementReference?, gross: Amount, fee: Amount? = nil, feeBooked: Amount? = nil,
        occurredAt: Instant
    ) {
        self.key = key
        self.providerAccount = providerAccount
        self.payment = payment
        self.providerReference = providerReference
        self.reference = reference
        self.gross = gross
        self.fee = fee
        self.feeBooked = feeBooked ?? .zero(gross.currency)
        self.occurredAt = occurredAt
        state = .open
        settled = .zero(gross.currency)
    }

    package var kind: MovementKind { key.kind }
    package var currency: Currency { gross.currency }
    /// Names the payment's postings on the receivable.
    package var item: OpenItem { OpenItem(.payment, payment.rawValue) }

    /// What lines have still to account for. It fits: `settle` takes nothing that would leave what does not.
    package var remaining: Amount {
        Amount(minorUnits: gross.minorUnits - settled.minorUnits, currency: currency)
    }

    /// Has a part of it accounted for, signed as `gross`.
    /// - Throws: `AmountError` where the sum, or what would remain, does not fit. Then nothing has changed.
    package mutating func settle(_ part: Amount) throws(AmountError) {
        let sum = try settled.adding(part)
        _ = try gross.subtracting(sum)
        settled = sum
    }

    /// Whether a line may still be about it.
    package var awaitsLine: Bool {
        switch state {
        case .open: true
        case .settled: !remaining.isZero
        case .contested: false
        }
    }
}

/// Which movement: its kind and the number of the operation or dispute it is of. The same however often it is derived anew.
package struct MovementKey: Hashable, Sendable {
    package let kind: MovementKind
    package let subject: Int64

    package init(_ kind: MovementKind, _ subject: Int64) {
        self.kind = kind
        self.subject = subject
    }

    package init(_ kind: MovementKind, _ operation: PaymentOperationID) {
        self.init(kind, operation.rawValue)
    }

    package init(_ kind: MovementKind, _ dispute: DisputeID) {
        self.init(kind, dispute.rawValue)
    }
}
