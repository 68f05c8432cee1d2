import JSON
import Money
import Payments

/// Payments and their operations as callers see them.
extension JSONWriter {
    /// A function of the row and of what the book is for, so that a charge that comes again is answered in the same bytes.
    mutating func members(of row: PaymentRow, nextActionURL: String? = nil, mode: BookMode) {
        members(of: ShownPayment(row, nextActionURL: nextActionURL), mode: mode)
        field("capture", row.payment.captureMode.rawValue)
    }

    mutating func members(of payment: ShownPayment, mode: BookMode) {
        let figures = payment.figures
        field("id", payment.id.description)
        field("txn_id", payment.hold.description)
        field("status", figures.status.rawValue)
        members(of: figures.amounts)
        field("currency", figures.amounts.currency.description)
        field("merchant", payment.merchant.text)
        field("provider_account", payment.providerAccount.text)
        field("reference", orNull: payment.reference?.text)
        field("failure", orNull: figures.failure)
        nextAction(figures.nextAction?.text, url: payment.nextActionURL)
        field("in_doubt", payment.isInDoubt)
        field("conflicted", figures.isConflicted)
        field("disputed", figures.isDisputed)
        field("settlement", figures.settlement.rawValue)
        field("test", mode == .test)
        field("sequence", payment.sequence)
        field("created_at", payment.createdAt.description)
    }

    private mutating func members(of amounts: PaymentAmounts) {
        field("amount", amounts.requested.minorUnits)
        field("amount_authorized", amounts.authorized.minorUnits)
        field("amount_captured", amounts.captured.minorUnits)
        field("amount_refunded", amounts.refunded.minorUnits)
        field("amount_disputed", amounts.disputed.minorUnits)
    }

    /// What the payer has to do for the payment to go on.
    private mutating func nextAction(_ type: String?, url: String?) {
        guard let type else { return null("next_action") }
        beginObject("next_action")
        field("type", type)
        field("url", orNull: url)
        endObject()
    }

    private mutating func field(_ name: StaticString, orNull failure: ProviderFailure?) {
        guard let failure else { return null(name) }
        beginObject(name)
        field("code", failure.reason.rawValue)
        field("raw_code", failure.rawCode)
        endObject()
    }
}

extension JSONWriter {
    mutating func members(of operation: PaymentOperation) {
        field("id", operation.name)
        field("payment", operation.payment.description)
        field("kind", operation.kind.rawValue)
        field("status", operation.state.rawValue)
        field("amount", operation.amount.minorUnits)
        field("currency", operation.amount.currency.description)
        if operation.kind == .capture { field("final", operation.isFinal) }
        field("failure", orNull: operation.failure)
        field("undone", operation.isUndone)
        field("created_at", operation.createdAt.description)
    }
}

extension PaymentOperation {
    /// As callers name it: a refund has a name of its own.
    var name: String {
        kind == .refund ? RefundID(rawValue: id.rawValue).description : id.description
    }
}
