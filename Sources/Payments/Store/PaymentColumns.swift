import Ledger
import Money
import Storage

/// Values of payments that several tables hold, as columns.
extension ColumnWriter {
    /// Three columns: minor units, the currency's code, its exponent.
    mutating func amount(_ amount: Amount) {
        integer(amount.minorUnits)
        currency(amount.currency)
    }

    /// Two columns, both null without a failure.
    mutating func failure(_ failure: ProviderFailure?) {
        text(failure?.reason.rawValue)
        text(failure?.rawCode)
    }

    /// Two columns, both null without a hold. Its currency is the row's.
    mutating func hold(_ hold: OpenHold?) {
        key(hold?.id)
        integer(hold?.remaining.minorUnits)
    }
}

extension ColumnReader {
    mutating func amount() throws -> Amount {
        let minorUnits = integer()
        return Amount(minorUnits: minorUnits, currency: try currency())
    }

    mutating func failure() throws -> ProviderFailure? {
        let reason = try optionalParsed("failure", DeclineReason.init(rawValue:))
        let code = optionalText()
        guard let reason else { return nil }
        return ProviderFailure(reason, rawCode: code ?? "")
    }

    mutating func hold(in currency: Currency) -> OpenHold? {
        let id = optionalKey(LedgerTransactionID.self)
        let minorUnits = optionalInteger()
        guard let id, let minorUnits else { return nil }
        return OpenHold(id: id, remaining: Amount(minorUnits: minorUnits, currency: currency))
    }
}
