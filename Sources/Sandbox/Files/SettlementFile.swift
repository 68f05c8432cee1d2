import Storage

/// One movement of money as the provider accounts for it: a line of its daily file.
package struct SettlementItem: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case charge, refund, chargeback, fee
        case refundReversal = "refund_reversal"
        case chargebackReversal = "chargeback_reversal"
    }

    package var kind: Kind
    package var providerReference: String
    package var providerPayment: String
    package var reference: String?
    package var occurredAt: Instant
    /// Minor units, signed from the merchant's side.
    package var gross: Int64
    package var fee: Int64
    package var currency: SandboxCurrency

    package var net: Int64 { gross - fee }
}

/// The provider's transfer of what one currency's items of one file add up to.
package struct Remittance: Hashable, Sendable {
    package let id: String
    package let currency: SandboxCurrency
    package private(set) var itemCount = 0
    package private(set) var gross: Int64 = 0
    package private(set) var fee: Int64 = 0

    package var net: Int64 { gross - fee }

    package init(day: BusinessDay, currency: SandboxCurrency) {
        id = "rem_\(day.compact)_\(currency.code)"
        self.currency = currency
    }

    mutating func add(_ item: SettlementItem) {
        itemCount += 1
        gross += item.gross
        fee += item.fee
    }
}

/// What the provider tells a merchant of one business day. The format is in `docs/sandbox.md`.
package struct SettlementFile: Hashable, Sendable {
    package let day: BusinessDay
    /// It accounts for everything up to this moment, and for nothing after it.
    package let coversUntil: Instant
    package let items: [SettlementItem]

    package init(day: BusinessDay, coversUntil: Instant, items: [SettlementItem]) {
        self.day = day
        self.coversUntil = coversUntil
        self.items = items
    }

    /// One for each currency, in order of their codes.
    package var remittances: [Remittance] {
        var sums: [String: Remittance] = [:]
        for item in items {
            sums[item.currency.code, default: Remittance(day: day, currency: item.currency)].add(item)
        }
        return sums.values.sorted { $0.id < $1.id }
    }

    package var text: String {
        var csv = CSVText(heading: Self.columns)
        csv.append(["header", "1", "", "stl_\(day.compact)", "", "", "\(coversUntil)", "\(day)", "", "", "", "", ""])
        for (position, item) in items.enumerated() { csv.append(fields(of: item, line: position + 1)) }
        for remittance in remittances { csv.append(fields(of: remittance)) }
        csv.append(["trailer", String(items.count)] + Array(repeating: "", count: Self.columns.count - 2))
        return csv.text
    }

    private static let columns = [
        "record", "line", "type", "provider_reference", "provider_payment", "reference", "occurred_at",
        "settlement_date", "gross", "fee", "net", "currency", "remittance",
    ]

    private func fields(of item: SettlementItem, line: Int) -> [String] {
        let decimals = [item.gross, item.fee, item.net].map(item.currency.decimal)
        return [
            "item", String(line), item.kind.rawValue, item.providerReference, item.providerPayment,
            item.reference ?? "", "\(item.occurredAt)", "\(day)",
        ] + decimals + [item.currency.code, Remittance(day: day, currency: item.currency).id]
    }

    private func fields(of remittance: Remittance) -> [String] {
        let decimals = [remittance.gross, remittance.fee, remittance.net].map(remittance.currency.decimal)
        return ["remittance", String(remittance.itemCount), "", "", "", "", "", "\(day)"]
            + decimals + [remittance.currency.code, remittance.id]
    }
}
