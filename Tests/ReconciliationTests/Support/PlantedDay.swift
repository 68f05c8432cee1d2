import Ledger
import Money
import Payments
import Storage
import SummaTestKit

@testable import Reconciliation

/// A business day drawn by a seed: what the books expect, a file that tells it with differences of every class, and the list
/// of the differences. Made after `docs/sandbox.md`, by rules of its own.
struct PlantedDay {
    struct Difference: Hashable {
        let kind: BreakClass
        let reference: String
        let expected: Figure?
        let found: Figure?
    }

    private(set) var movements: [ExpectedMovement] = []
    private(set) var planted: [Difference] = []
    private(set) var text: SettlementText

    init(seed: UInt64, count: Int = 60) throws {
        var random = SeededGenerator(seed: seed)
        let items = try (1...count).map { try Self.item($0, using: &random) }
        try self.init(items, using: &random)
        movements = items.enumerated().map { Self.movement($1, number: Int64($0 + 1)) }
    }

    /// A file that tells of these with differences of every class.
    init(_ told: [SettlementText.Item], using random: inout SeededGenerator) throws {
        var items = told
        text = SettlementText([])
        var classes = [BreakClass.missingThere, .amountDiffers, .currencyDiffers, .duplicateLine, .feeDiffers]
        classes.append(classes[Int.random(in: 0..<classes.count, using: &random)])
        for (item, kind) in zip(items.filter { $0.type == "charge" }.shuffled(using: &random), classes) {
            try plant(kind, on: item, in: &items, using: &random)
        }
        let stranger = try SettlementText.Item.charge(
            "cap_stranger", .eur(Int64.random(in: 100...9_999, using: &random)))
        items.insert(stranger, at: Int.random(in: 0...items.count, using: &random))
        planted.append(Difference(.missingHere, "cap_stranger", found: stranger))
        text = SettlementText(items)
    }

    private static func item(_ number: Int, using random: inout SeededGenerator) throws -> SettlementText.Item {
        let currencies: [Currency] = [.eur, .usd, .gbp, .jpy, .kwd]
        let currency = currencies[Int.random(in: 0..<currencies.count, using: &random)]
        let gross = Amount(minorUnits: Int64.random(in: 50...500_000, using: &random), currency: currency)
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            return SettlementText.Item(
                type: "refund", reference: "ref_\(number)", ours: "cmd_\(number)", gross: try gross.negated(),
                fee: .zero(currency))
        case 1:
            return SettlementText.Item(
                type: "chargeback", reference: "dsp_\(number)", gross: try gross.negated(), fee: .zero(currency))
        case 2: return SettlementText.Item(type: "fee", reference: "dsp_\(number)", gross: .zero(currency), fee: gross)
        default: return try .charge("cap_\(number)", gross)
        }
    }

    private static func movement(_ item: SettlementText.Item, number: Int64) -> ExpectedMovement {
        let kinds: [String: MovementKind] = ["refund": .refund, "chargeback": .chargeback, "fee": .disputeFee]
        return ExpectedMovement.make(
            kinds[item.type] ?? .charge, item.reference, item.gross, number: number, ours: item.ours,
            fee: item.type == "fee" ? item.fee : nil, feeBooked: item.type == "fee" ? item.fee : nil)
    }

    private mutating func plant(
        _ kind: BreakClass, on item: SettlementText.Item, in items: inout [SettlementText.Item],
        using random: inout SeededGenerator
    ) throws {
        guard let place = items.firstIndex(where: { $0.reference == item.reference }) else { return }
        var told = item
        switch kind {
        case .missingThere: items.remove(at: place)
        case .amountDiffers: told.gross = try item.gross.adding(Amount(minorUnits: 1, currency: item.gross.currency))
        case .feeDiffers: told.fee = try item.fee.adding(Amount(minorUnits: 1, currency: item.fee.currency))
        case .currencyDiffers:
            let other: Currency = item.gross.currency == .eur ? .usd : .eur
            told.gross = Amount(minorUnits: item.gross.minorUnits, currency: other)
            told.fee = Amount(minorUnits: item.fee.minorUnits, currency: other)
        case .duplicateLine: items.insert(item, at: Int.random(in: place + 1...items.count, using: &random))
        case .missingHere, .remittanceDiffersBank: return
        }
        if kind != .missingThere { items[place] = told }
        let isNotExpected = kind == .duplicateLine
        planted.append(
            Difference(
                kind, item.reference, expected: isNotExpected ? nil : item, found: kind == .missingThere ? nil : told))
    }
}

extension PlantedDay.Difference {
    init(
        _ kind: BreakClass, _ reference: String, expected: SettlementText.Item? = nil,
        found: SettlementText.Item? = nil
    ) {
        self.init(
            kind: kind, reference: reference, expected: expected.map { Figure(amount: $0.gross, fee: $0.fee) },
            found: found.map { Figure(amount: $0.gross, fee: $0.fee) })
    }
}
