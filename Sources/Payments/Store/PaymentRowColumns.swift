import EventLog
import Ledger
import Money
import Storage

/// A payment's columns, written and read in the order the table declares them.
extension PaymentRow {
    package func write(to columns: inout ColumnWriter) {
        writeNature(to: &columns)
        for sum in PaymentSum.allCases { columns.integer(payment.amounts[sum].minorUnits) }
        writeState(to: &columns)
        payment.terms.write(to: &columns)
    }

    private func writeNature(to columns: inout ColumnWriter) {
        columns.key(payment.id)
        columns.text(payment.merchant.text)
        columns.text(payment.providerAccount.text)
        columns.text(payment.method.text)
        columns.text(payment.captureMode.rawValue)
        columns.text(payment.reference?.text)
        columns.amount(payment.amounts.requested)
        columns.instant(payment.createdAt)
        columns.key(hold)
    }

    private func writeState(to columns: inout ColumnWriter) {
        columns.text(payment.status.rawValue)
        columns.text(payment.authorization.rawValue)
        columns.text(authorizationState.rawValue)
        columns.failure(authorizationFailure)
        columns.hold(payment.holds.first)
        columns.hold(payment.holds.dropFirst().first)
        columns.key(payment.voiding)
        columns.key(payment.automaticCapture)
        columns.integer(payment.doubtCount)
        columns.integer(payment.flags.rawValue)
        columns.failure(payment.failure)
        columns.text(payment.nextAction?.text)
        columns.text(payment.providerReference?.text)
        columns.integer(sequence)
    }

    package init(from columns: inout ColumnReader) throws {
        let id = try columns.key(PaymentID.self)
        let merchant = try columns.parsed("merchant") { PathSegment($0) }
        let providerAccount = try columns.parsed("provider_account") { PathSegment($0) }
        let method = try columns.parsed("payment_method", PaymentMethodToken.init(_:))
        let captureMode: CaptureMode = try columns.named("capture_mode")
        let reference = try columns.optionalParsed("reference", ExternalID.init(_:))
        let requested = try columns.amount()
        let createdAt = columns.instant()
        hold = try columns.key()

        var amounts = PaymentAmounts(requested: requested)
        for sum in PaymentSum.allCases {
            amounts[sum] = Amount(minorUnits: columns.integer(), currency: requested.currency)
        }
        let state = try State(from: &columns, currency: requested.currency)
        payment = Payment(
            id: id, amount: requested, merchant: merchant, providerAccount: providerAccount, method: method,
            captureMode: captureMode, terms: try PaymentTerms(from: &columns, currency: requested.currency),
            reference: reference, createdAt: createdAt)
        payment.amounts = amounts
        authorizationState = state.authorizationOperation
        authorizationFailure = state.authorizationFailure
        sequence = state.sequence
        state.restore(&payment)
    }

    /// What stands between the amounts and the terms.
    private struct State {
        let authorization: AuthorizationState
        let authorizationOperation: OperationState
        let authorizationFailure: ProviderFailure?
        let holds: [OpenHold]
        let voiding, automaticCapture: PaymentOperationID?
        let doubtCount, flags: Int64
        let failure: ProviderFailure?
        let nextAction: AllowedText?
        let providerReference: ProviderReference?
        let sequence: Int64

        init(from columns: inout ColumnReader, currency: Currency) throws {
            // The status follows from the rest; it is there to be searched for.
            _ = columns.text()
            authorization = try columns.named("authorization_state")
            authorizationOperation = try columns.named("authorization_operation")
            authorizationFailure = try columns.failure()
            let first = columns.hold(in: currency)
            let second = columns.hold(in: currency)
            holds = [first, second].compactMap(\.self)
            voiding = columns.optionalKey()
            automaticCapture = columns.optionalKey()
            doubtCount = columns.integer()
            flags = columns.integer()
            failure = try columns.failure()
            nextAction = try columns.optionalParsed("next_action") { AllowedText($0) }
            providerReference = try columns.optionalParsed("provider_reference", ProviderReference.init(_:))
            sequence = columns.integer()
        }

        func restore(_ payment: inout Payment) {
            payment.authorization = authorization
            payment.holds = holds
            payment.voiding = voiding
            payment.automaticCapture = automaticCapture
            payment.doubtCount = doubtCount
            payment.flags = PaymentFlags(rawValue: flags)
            payment.failure = failure
            payment.nextAction = nextAction
            payment.providerReference = providerReference
        }
    }
}
