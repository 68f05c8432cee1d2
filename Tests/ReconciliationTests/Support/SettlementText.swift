import Money

@testable import Reconciliation

/// A settlement file as the sandbox's documentation says it is written, for tests to write one of their own.
struct SettlementText {
    struct Item {
        var type = "charge"
        var reference: String
        var payment = "auth_1"
        var ours: String?
        var occurredAt = "2026-03-31T10:00:00.000000Z"
        var gross: Amount
        var fee: Amount

        var net: Amount { Amount(minorUnits: gross.minorUnits - fee.minorUnits, currency: gross.currency) }
        var remittance: String { "rem_20260331_\(gross.currency.code)" }
    }

    static let heading =
        "record,line,type,provider_reference,provider_payment,reference,occurred_at,settlement_date,gross,fee,net,"
        + "currency,remittance"

    var name = "stl_1"
    var date = "2026-03-31"
    var coversUntil = ""
    var items: [Item]

    init(_ items: [Item]) {
        self.items = items
    }

    var records: [String] {
        [Self.heading, "header,1,,\(name),,,\(coversUntil),\(date),,,,,"]
            + items.enumerated().map { itemRecord($1, line: $0 + 1) } + totals
            + ["trailer,\(items.count),,,,,,,,,,,"]
    }

    var bytes: [UInt8] { Self.bytes(records) }

    static func bytes(_ records: [String]) -> [UInt8] {
        Array(records.map { $0 + "\r\n" }.joined().utf8)
    }

    private func itemRecord(_ item: Item, line: Int) -> String {
        [
            "item", "\(line)", item.type, item.reference, item.payment, item.ours ?? "", item.occurredAt, date,
            item.gross.decimal, item.fee.decimal, item.net.decimal, "\(item.gross.currency)", item.remittance,
        ].joined(separator: ",")
    }

    private var totals: [String] {
        Set(items.map(\.remittance)).sorted().map { remittance in
            let own = items.filter { $0.remittance == remittance }
            let currency = own[0].gross.currency
            let sums = [own.map(\.gross), own.map(\.fee), own.map(\.net)].map { amounts in
                Amount(minorUnits: amounts.reduce(0) { $0 + $1.minorUnits }, currency: currency).decimal
            }
            return "remittance,\(own.count),,,,,,\(date),\(sums[0]),\(sums[1]),\(sums[2]),\(currency),\(remittance)"
        }
    }
}

extension SettlementText.Item {
    /// A charge with the fee the sandbox takes.
    static func charge(_ reference: String, _ gross: Amount) throws -> SettlementText.Item {
        SettlementText.Item(reference: reference, gross: gross, fee: try ProviderFeeSchedule.sandbox.fee(of: gross))
    }
}

extension ProviderFeeSchedule {
    /// 1.4 % and a quarter of a major unit, rounded half up.
    static let sandbox: ProviderFeeSchedule = {
        guard let quarter = ExactDecimal(significand: 25, scale: 2),
            let schedule = ProviderFeeSchedule(basisPoints: 140, fixed: quarter, rounding: .halfUp)
        else { preconditionFailure("the sandbox's fee is a fee") }
        return schedule
    }()
}
