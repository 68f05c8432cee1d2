import EventLog
import Ledger
import Money
import Payments
import Storage

/// The callers: each wants something once, asks until it is told, with the same key every time, and writes down what it was
/// told. What they have written down is what nobody may lose.
final class Clients: @unchecked Sendable {
    private(set) var intents: [Intent] = []
    private(set) var findings: [String] = []
    private let world: World
    private var chance: Chance

    init(world: World, chance: Chance) {
        self.world = world
        self.chance = chance
    }

    /// Every intent that nobody has answered yet.
    var unanswered: [Int] { intents.indices.filter { intents[$0].answer == nil } }
    var isAsking: Bool { intents.contains(where: \.isAsking) }

    // MARK: Wanting

    /// Wants something new: mostly a charge, or something of a charge that was accepted.
    func want() -> Int {
        let accepted = intents.compactMap { intent -> PaymentID? in
            guard case .payment(let row) = intent.answer?.body else { return nil }
            return row.payment.id
        }
        let isCharge = accepted.isEmpty || chance.oneIn(2)
        let wish = isCharge ? charge() : followUp(of: accepted[chance.index(below: accepted.count)])
        intents.append(Intent(key: "key-\(intents.count + 1)", wish: wish))
        return intents.count - 1
    }

    private func charge() -> Intent.Wish {
        let code = OpenShop.currencies[chance.index(below: OpenShop.currencies.count)]
        guard let currency = try? CurrencyRegistry.iso.currency(code) else {
            preconditionFailure("\(code) is a currency")
        }
        // Such as every currency can have: three digits after the point take whole tens where the provider does.
        let amount = Amount(minorUnits: 10 * Int64.random(in: 10...5_000, using: &chance), currency: currency)
        let token = chance.oneIn(3) ? "pm_approve" : Self.tokens[chance.index(below: Self.tokens.count)]
        return .charge(
            amount, token: token, capture: chance.oneIn(2) ? .automatic : .manual,
            merchant: chance.index(below: OpenShop.merchants.count))
    }

    private func followUp(of payment: PaymentID) -> Intent.Wish {
        let part: Int64? = chance.oneIn(2) ? nil : 10 * Int64.random(in: 1...3_000, using: &chance)
        return switch chance.index(below: 5) {
        case 0: .void(of: payment)
        case 1, 2: .capture(of: payment, amount: part, isFinal: chance.oneIn(3))
        default: .refund(of: payment, amount: part)
        }
    }

    // MARK: Asking

    /// Asks for one, for the first time or again. Several may ask for the same at once.
    func ask(_ index: Int, of process: SummaProcess) {
        intents[index].isAsking = true
        let intent = intents[index]
        world.executor.start {
            let result: Result<IdempotentAnswer, any Error>
            do { result = .success(try await self.request(intent, of: process)) } catch { result = .failure(error) }
            self.intents[index].isAsking = false
            // Whoever has ended has told nobody.
            if !process.life.isOver { self.hear(result, for: index) }
        }
    }

    private func request(_ intent: Intent, of process: SummaProcess) async throws -> IdempotentAnswer {
        let book = SummaProcess.book
        let context = EventContext(actor: "principal:shop/key_0000000000001")
        switch intent.wish {
        case .charge(let amount, let token, let capture, let merchant):
            guard let method = PaymentMethodToken(token) else { preconditionFailure("\(token) is a token") }
            return try await CreateCharge(database: process.database, texts: process.texts, random: world.random).run(
                CreateCharge.Command(
                    book: book, request: named(intent, "/v1/charges"), amount: amount, method: method,
                    merchant: OpenShop.merchants[merchant], providerAccount: OpenShop.providerAccount,
                    captureMode: capture, reference: ExternalID("order-\(intent.key)"), context: context))
        case .capture(let payment, let amount, let isFinal):
            return try await CapturePayment(database: process.database).run(
                .init(
                    book: book, request: named(intent, "/v1/payments/{id}/capture", payment), payment: payment,
                    amount: amount.map { StatedAmount(minorUnits: $0) }, isFinal: isFinal, context: context))
        case .void(let payment):
            return try await VoidPayment(database: process.database).run(
                .init(
                    book: book, request: named(intent, "/v1/payments/{id}/void", payment), payment: payment,
                    context: context))
        case .refund(let payment, let amount):
            return try await RefundPayment(database: process.database).run(
                .init(
                    book: book, request: named(intent, "/v1/payments/{id}/refunds", payment), payment: payment,
                    amount: amount.map { StatedAmount(minorUnits: $0) }, context: context))
        }
    }

    private func named(_ intent: Intent, _ route: String, _ payment: PaymentID? = nil) -> IdempotentRequest {
        IdempotentRequest(method: "POST", route: route, path: "\(route) \(payment?.description ?? "")", key: intent.key)
    }

    // MARK: Hearing

    private func hear(_ result: Result<IdempotentAnswer, any Error>, for index: Int) {
        switch result {
        case .success(let answer):
            if let known = intents[index].answer, !known.isSame(as: answer) {
                findings.append("\(intents[index].name) was told event \(known.sequence), then \(answer.sequence)")
            }
            intents[index].answer = intents[index].answer ?? answer
        case .failure(let rejection as RequestRejection):
            // One that is not kept, of what cannot be in these runs: every payment asked about was acknowledged.
            findings.append("\(intents[index].name) was refused: \(rejection.code.rawValue)")
        case .failure(is StorageFault): break
        case .failure(let error): findings.append("\(intents[index].name) failed: \(error)")
        }
    }

    /// Ways to pay; those whose end nobody could tell apart from a fault are not among them.
    private static let tokens = [
        "pm_approve", "pm_decline_insufficient_funds", "pm_decline_other", "pm_action_required", "pm_action_approved",
        "pm_action_declined", "pm_callback_only", "pm_callback_only_declined", "pm_timeout_success",
        "pm_timeout_failure", "pm_timeout_lost", "pm_capture_declined", "pm_capture_callback_only",
        "pm_capture_timeout_success", "pm_capture_timeout_failure", "pm_void_timeout_success",
        "pm_void_timeout_failure", "pm_refund_declined", "pm_refund_fails_before", "pm_refund_fails_after",
        "pm_refund_timeout_success", "pm_refund_timeout_failure", "pm_chargeback_open", "pm_chargeback_won",
        "pm_chargeback_lost", "pm_callback_twice", "pm_callback_out_of_order", "pm_callback_late",
        "pm_callback_before_answer", "pm_callback_wrong_signature", "pm_callback_stale", "pm_expires",
    ]
}
