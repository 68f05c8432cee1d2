import Foundation
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

/// A day of two providers with a published answer: 299 movements, two reports, bank statements, 23 differences.
@Suite(
    "The published day of two providers",
    .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
struct PublishedDayTests {
    private struct Movement: Decodable {
        let externalId: String
        let provider: String
        let providerRef: String
        let type: String
        let amountMinor: Int64
        let currency: String
        let occurredAt: String
    }

    private struct Answer: Decodable {
        let breaks: [Difference]
        let payouts: [Payout]
    }

    private struct Difference: Decodable {
        let kind: String
        let provider: String
        let providerRef: String
    }

    private struct Payout: Decodable {
        let id: String
        let net: Int64
        let bank: Int64
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    private let answer: Answer
    private let cutOff: CutOff

    init() throws {
        answer = try Self.decoder.decode(Answer.self, from: Data(SharedVectors.bytes("recon/day1/answer.json")))
        cutOff = try #require(CutOff(secondOfDay: 23 * 3_600 + 50 * 60))
    }

    @Test(
        "has the differences of its answer and none besides",
        arguments: [("stripe", "stripe_itemized"), ("adyen", "adyen_settlement")])
    func differences(provider: String, file: String) throws {
        let content = try settlement(file)
        let movements = try movements(of: provider)
        let comparison = SettlementComparison(content, with: movements, cutOff: cutOff, fees: nil)
        let lines = zip(content.lines, comparison.verdicts).compactMap { line, verdict in
            verdict.breakClass.map { "\($0.rawValue) \(line.providerReference.folded)" }
        }
        let missing = comparison.missingThere.compactMap { key in
            movements.first { $0.key == key }?.providerReference.map { "missing_there \($0.folded)" }
        }
        #expect((lines + missing).sorted() == expected(of: provider).sorted())
    }

    @Test(
        "shows the movement whose name differs in the case of letters",
        arguments: [("stripe", "stripe_itemized"), ("adyen", "adyen_settlement")])
    func lookalikes(provider: String, file: String) throws {
        let movements = try movements(of: provider)
        let comparison = SettlementComparison(try settlement(file), with: movements, cutOff: cutOff, fees: nil)
        let shown = comparison.verdicts.compactMap { verdict -> String? in
            guard case .unexplained(_, let key?) = verdict else { return nil }
            return movements.first { $0.key == key }?.providerReference?.text
        }
        #expect(
            shown
                == answer.breaks.filter { $0.kind == "case_of_reference" && $0.provider == provider }.map(
                    \.providerRef))
    }

    @Test("adds up to the remittances the providers sent")
    func remittances() throws {
        let totals = try (settlement("stripe_itemized").remittances + settlement("adyen_settlement").remittances)
        let found = Dictionary(uniqueKeysWithValues: totals.map { ($0.reference.text, $0.net.minorUnits) })
        #expect(found == Dictionary(uniqueKeysWithValues: answer.payouts.map { ($0.id, $0.net) }))
    }

    @Test("has bank statements that add up, with what arrived of each remittance")
    func bank() throws {
        var arrived: [String: Int64] = [:]
        for currency in ["EUR", "GBP", "JPY", "KWD", "USD"] {
            let bytes = try SharedVectors.bytes("recon/day1/bank_camt053_\(currency).xml")
            guard case .bank(let content) = try StatementFormats.read(bytes).content else { continue }
            for line in content.lines { arrived[line.remittance?.text ?? ""] = line.amount.minorUnits }
        }
        #expect(arrived == Dictionary(uniqueKeysWithValues: answer.payouts.map { ($0.id, $0.bank) }))
    }

    // MARK: Reading

    private func settlement(_ file: String) throws -> SettlementContent {
        let read = try StatementFormats.read(try SharedVectors.bytes("recon/day1/\(file).csv"))
        guard case .settlement(let content) = read.content else { throw StatementRejection(line: nil, .unknownFormat) }
        return content
    }

    private func movements(of provider: String) throws -> [ExpectedMovement] {
        let text = String(decoding: try SharedVectors.bytes("recon/day1/ledger.jsonl"), as: UTF8.self)
        let kinds: [String: MovementKind] = ["charge": .charge, "refund": .refund, "dispute": .chargeback]
        return try text.split(separator: "\n").enumerated().compactMap { number, line in
            let movement = try Self.decoder.decode(Movement.self, from: Data(line.utf8))
            guard movement.provider == provider, let kind = kinds[movement.type] else { return nil }
            let amount = Amount(minorUnits: movement.amountMinor, currency: try Currency(movement.currency))
            return ExpectedMovement.make(
                kind, movement.providerRef, kind == .charge ? amount : try amount.negated(), number: Int64(number),
                ours: movement.externalId, at: try #require(Instant(text: movement.occurredAt)))
        }
    }

    /// The answer in our words. A name in other letters is two breaks: a line without a movement and a movement without a line.
    private func expected(of provider: String) -> [String] {
        answer.breaks.filter { $0.provider == provider }.flatMap { difference -> [String] in
            let name = difference.providerRef.lowercased()
            return switch difference.kind {
            case "sign_error": ["amount_differs \(name)"]
            case "missing_at_provider": ["missing_there \(name)"]
            case "missing_in_ledger": ["missing_here \(name)"]
            case "fee_arithmetic": ["fee_differs \(name)"]
            case "currency_mismatch": ["currency_differs \(name)"]
            case "duplicate_at_provider": ["duplicate_line \(name)"]
            case "case_of_reference": ["missing_here \(name)", "missing_there \(name)"]
            // After the cut-off is no break, and the bank is another test's.
            default: []
            }
        }
    }
}
