import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

/// Callers who ask for anything and a provider that says anything, in any order. No rule is tested here but those that hold
/// always: everything is booked or refused, the books balance, no payment breaks a rule without a flag, and the log alone
/// makes the same rows.
@Suite("Any requests and facts, in any order", .serialized)
struct PaymentWalkTests {
    @Test("leave the books sound", arguments: 1...8)
    func walk(seed: UInt64) async throws {
        let debt = try #require(MerchantDebtPolicy.allow([.eur(2_000)]))
        let terms = MerchantTerms(
            feePlan: try FeePlan(basisPoints: 290, fixed: [.eur(25)], rounding: .halfEven),
            feeOnRefund: seed.isMultiple(of: 2) ? .proportional : .keep,
            chargebackLiability: seed.isMultiple(of: 3) ? .platform : .merchant,
            lateSuccess: seed.isMultiple(of: 4) ? .return : .accept)
        let stage = try await PaymentStage(terms: terms, debt: debt)
        var walk = Walk(stage: stage, chance: SeededGenerator(seed: seed))
        for step in 0..<250 { try await walk.go(step) }
        try stage.expectSound()
    }

    @Test("leave the books sound: many seeds", .enabled(if: Soak.isRequested, "a long test: make soak"))
    func soak() async throws {
        for seed in SeededGenerator.seeds(8) {
            print("seed \(seed)")
            try await walk(seed: 1_000 + seed)
        }
    }
}

/// One walk, fixed by its seed.
private struct Walk {
    let stage: PaymentStage
    var chance: SeededGenerator
    private var payments: [PaymentID] = []
    private var operations: [PaymentOperationID] = []

    init(stage: PaymentStage, chance: SeededGenerator) {
        self.stage = stage
        self.chance = chance
    }

    mutating func go(_ step: Int) async throws {
        stage.store.clock.advance(by: .seconds(Int64.random(in: 0...40, using: &chance)))
        guard let payment = payments.suffix(3).randomElement(using: &chance), step % 25 != 0 else {
            payments.append(try await stage.charge(capture: oneOf([.automatic, .manual]), key: "charge-\(step)"))
            return
        }
        do {
            switch Int.random(in: 0..<12, using: &chance) {
            case 0:
                operations.append(
                    try await stage.capture(payment, part(), isFinal: .random(using: &chance), key: "\(step)").id)
            case 1 where Bool.random(using: &chance):
                operations.append(try await stage.void(payment, key: "\(step)").id)
            case 2, 11: operations.append(try await stage.refund(payment, part(), key: "\(step)").id)
            case 3, 4: try await stage.send()
            default: try await stage.hear(fact(of: payment))
            }
        } catch is RequestRejection {}
    }

    // MARK: Whatever comes

    private mutating func oneOf<T>(_ values: [T]) -> T {
        values[Int.random(in: 0..<values.count, using: &chance)]
    }

    private mutating func part() -> Int64? {
        oneOf([nil, 1, 10, 100, 250, 500, 1_001])
    }

    private mutating func amount() -> Amount {
        oneOf([.eur(1_000), .eur(1_000), .eur(500), .eur(250), .eur(1_001), .usd(700), .eur(0)])
    }

    private mutating func fee() -> Amount? {
        oneOf([nil, nil, .eur(15), .eur(0)])
    }

    private mutating func fact(of payment: PaymentID) -> ProviderFact {
        let authorization = PaymentOperationID(rawValue: payment.rawValue)
        let echoed: PaymentOperationID? = oneOf([nil, authorization, authorization] + operations.suffix(4).map { $0 })
        let movement: String? = oneOf([nil, "m_1", "m_2", "m_\(payment)"])
        return stage.fact(
            statement(), reference: oneOf(["auth_\(payment)", "auth_\(payment)", "auth_unknown"]),
            echoed.map { ProviderCommandID(rawValue: $0.rawValue) }, movement: movement,
            origin: oneOf([.notification, .notification, .reply, .lookUp, .statement]))
    }

    private mutating func statement() -> ProviderFact.Statement {
        let failure = FactSubject.failure
        switch Int.random(in: 0..<18, using: &chance) {
        case 0: return .actionRequired(.redirect(url: "https://issuer.example/3ds"))
        case 1, 2: return .authorized(amount())
        case 3: return .declined(failure)
        case 4: return .failed(failure)
        case 5: return .expired
        case 6: return .voided
        case 7: return .voidFailed(failure)
        case 8, 9, 10: return .captured(amount(), fee: fee())
        case 11: return .captureFailed(failure)
        case 12: return .refunded(amount(), fee: fee())
        case 13: return .refundFailed(failure)
        case 14: return .inquiryOpened(amount())
        case 15: return .chargebackOpened(amount(), fee: fee())
        case 16: return .chargebackWon(amount(), feeReturned: fee())
        default: return .chargebackLost(amount())
        }
    }
}
