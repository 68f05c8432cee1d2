/// Why a ledger transaction exists. The list is closed and its names are for ever: they stand in events.
package enum PostingReason: String, Hashable, Sendable, CaseIterable {
    /// A caller's own ledger transaction, outside the standard chart's control accounts.
    case manual
    case reversal
    case adjustment

    // A payment's life, accounting rows 1 to 8 and 12 to 14.
    case authorization
    case capture
    case captureFailed = "capture_failed"
    case platformFee = "platform_fee"
    case providerFee = "provider_fee"
    case refund
    case refundFailed = "refund_failed"
    case feeReturn = "fee_return"

    // Disputes, rows 16 to 19.
    case dispute
    case chargeback
    case chargebackReversal = "chargeback_reversal"
    case disputeFee = "dispute_fee"
    case disputeLost = "dispute_lost"

    // Settlement and cash, rows 9 to 11 and 30 to 33.
    case settlement
    case receipt
    case bankFee = "bank_fee"
    case rounding
    case writeOff = "write_off"
    case suspense
    case suspenseCleared = "suspense_cleared"

    // Payouts, exchange and reserves, rows 15, 20 to 29b, 34 and 35.
    case payout
    case payoutPaid = "payout_paid"
    case payoutFailed = "payout_failed"
    case exchange
    case exchangeResult = "exchange_result"
    case reserve
    case debtRepaid = "debt_repaid"
    case debtLost = "debt_lost"
}
