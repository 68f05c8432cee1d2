import Ledger
import Money
import Payments
import Storage

/// The movements a booked fact makes us expect in a provider's file: whatever it posted on the provider's receivable.
///
/// Read from the postings and not from the fact, so that what files are compared with is what the books claim: a capture that
/// was booked in two parts is one movement, a chargeback whose opening we never saw is two, and a provider's fee that was
/// booked at once is known to be booked.
struct ClaimedMovements {
    private let outcome: OutcomeRecorded
    private let payment: Payment
    private let undone: ExpectedMovement?

    /// - Parameter undone: The movement the fact undoes, where it is known: the two have one name.
    init(of outcome: OutcomeRecorded, payment: Payment, undoing undone: ExpectedMovement?) {
        self.outcome = outcome
        self.payment = payment
        self.undone = undone
    }

    /// The movement a fact undoes: the capture or refund that failed after it had succeeded.
    static func undone(by outcome: OutcomeRecorded) -> MovementKey? {
        guard let operation = outcome.changes.operations.first(where: { $0.isUndone == true })?.id else { return nil }
        return MovementKey(outcome.fact.kind == .refundFailed ? .refund : .charge, operation)
    }

    /// At most one of each kind, in the order of the kinds.
    var movements: [ExpectedMovement] {
        MovementKind.allCases.compactMap { kind in
            let claim = claims.filter { $0.kind == kind }
            guard let currency = claim.first?.amount.currency, let subject else { return nil }
            return movement(kind, subject, claiming: Self.sum(of: claim, in: currency))
        }
    }

    private func movement(_ kind: MovementKind, _ subject: Int64, claiming claim: Amount) -> ExpectedMovement {
        let isFee = kind == .disputeFee || kind == .disputeFeeReturn
        // A fee line has no gross: what it claims is the fee.
        let booked = isFee ? Amount(minorUnits: -claim.minorUnits, currency: claim.currency) : feeBooked(claim)
        return ExpectedMovement(
            key: MovementKey(kind, subject), providerAccount: payment.providerAccount, payment: payment.id,
            providerReference: providerReference, reference: isFee ? nil : ownReference,
            gross: isFee ? .zero(claim.currency) : claim, fee: isFee ? booked : statedFee(kind, claim.currency),
            feeBooked: booked, occurredAt: outcome.fact.occurredAt)
    }

    // MARK: What was posted

    private struct Claim {
        /// Nil for the provider's fee of the movement that is told with it.
        let kind: MovementKind?
        /// From our side: positive where the provider owes us more.
        let amount: Amount
    }

    private var claims: [Claim] {
        outcome.ledger.transactions.filter { $0.phase.isPosted }.flatMap { transaction in
            transaction.postings.compactMap { claim(of: $0, transaction.reason) }
        }
    }

    private func claim(of posting: LoggedPosting, _ reason: PostingReason) -> Claim? {
        guard let currency = currencies.first(where: { receivable(in: $0) == posting.account }) else { return nil }
        // A posting is 1 or more, so its opposite fits.
        let minorUnits = posting.side == .debit ? posting.minorUnits : -posting.minorUnits
        return Claim(kind: kind(reason, posting.side), amount: Amount(minorUnits: minorUnits, currency: currency))
    }

    /// The account's counters have taken each side of it, so that it fits with either sign. Of a log that somebody forged it may
    /// not: there it is cut to what fits, and `verify` has other things to say of it.
    private static func sum(of claims: [Claim], in currency: Currency) -> Amount {
        let sum = claims.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
        return Amount(minorUnits: max(-.max, Int64(clamping: sum)), currency: currency)
    }

    private var currencies: [Currency] {
        [payment.currency] + [outcome.fact.amount, outcome.fact.fee].compactMap { $0?.currency }
    }

    private func receivable(in currency: Currency) -> AccountPath {
        StandardAccount(.providerReceivable, of: payment.providerAccount).path(in: currency)
    }

    private func kind(_ reason: PostingReason, _ side: Side) -> MovementKind? {
        switch reason {
        case .capture: .charge
        case .captureFailed: .chargeReversal
        case .refund: .refund
        case .refundFailed: .refundReversal
        case .chargeback: .chargeback
        case .chargebackReversal: .chargebackReversal
        case .disputeFee: side == .credit ? .disputeFee : .disputeFeeReturn
        // In another currency than the payment's: the claim stands, against suspense.
        case .suspense:
            outcome.fact.kind == .captured ? .charge : outcome.fact.kind == .refunded ? .refund : .chargeback
        default: nil
        }
    }

    /// What was expensed of the provider's fee when the movement happened (rows 9b and 13b).
    private func feeBooked(_ claim: Amount) -> Amount {
        let fees = claims.filter { $0.kind == nil && $0.amount.currency == claim.currency }
        return Amount(minorUnits: -Self.sum(of: fees, in: claim.currency).minorUnits, currency: claim.currency)
    }

    // MARK: What the provider said

    private func statedFee(_ kind: MovementKind, _ currency: Currency) -> Amount? {
        guard kind == .charge || kind == .refund, let fee = outcome.fact.fee, fee.currency == currency else {
            return nil
        }
        return fee
    }

    /// The operation or the dispute that moved the money.
    private var subject: Int64? {
        if outcome.fact.kind.operation == nil { return outcome.changes.dispute?.id.rawValue }
        return operation?.id.rawValue
    }

    private var operation: OperationChange? {
        outcome.changes.operations.first {
            $0.id != payment.authorizationOperation && ($0.state == .succeeded || $0.isUndone == true)
        }
    }

    private var providerReference: StatementReference? {
        let stated =
            outcome.fact.movementReference ?? operation?.providerReference ?? outcome.changes.dispute?.opened
        return stated.flatMap { StatementReference($0.text) } ?? undone?.providerReference
    }

    /// What we asked for goes by its command's name; what came with the charge, by that of the authorization.
    private var ownReference: StatementReference? {
        guard let operation else { return nil }
        switch operation.beginning?.origin {
        case .request, nil: return StatementReference(ProviderCommandID(rawValue: operation.id.rawValue).description)
        case .charge: return StatementReference(ProviderCommandID(rawValue: payment.id.rawValue).description)
        case .provider: return nil
        }
    }
}
