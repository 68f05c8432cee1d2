import JSON

/// An order with the payment it became.
struct DemoSale: Sendable {
    let order: DemoOrder
    /// `pay_…`
    let payment: String

    /// What the provider knows the authorization by: the command of the payment's own number.
    var providerReference: String { "cmd" + payment.dropFirst(3) }
}

/// Sends a day's charges and what is asked for afterwards, as a shop's backend would: over HTTP, each request under a key
/// made of the order's reference, so that a run which was cut off is simply run again.
struct DemoShop: Sendable {
    let api: APIClient
    let sandbox: SandboxClient
    let acknowledgements: Acknowledgements
    let patience: Patience

    static let callerCount = 32

    /// Charges every order. Answers the payments in the order of the file.
    func charge(_ orders: [DemoOrder], progress: @escaping @Sendable (Int) -> Void) async throws -> [DemoSale] {
        try await orders.mapConcurrently(width: Self.callerCount, progress: progress) { try await charge($0) }
    }

    private func charge(_ order: DemoOrder) async throws -> DemoSale {
        let body: JSONValue = .object([
            ("amount", .integer(order.amount)), ("currency", .string(order.currency)),
            ("payment_method", .string(order.paymentMethod)), ("merchant", .string(order.merchant)),
            ("capture", .string(order.isCapturedAutomatically ? "automatic" : "manual")),
            ("platform_fee", order.platformFee.map { .integer($0) }), ("reference", .string(order.reference)),
            ("description", .string(order.description)),
        ])
        let answer = try await api.post("/v1/charges", body, idempotencyKey: order.reference)
        guard let payment = answer["id"]?.string else { throw CommandFailure("a charge was answered without its id") }
        try acknowledgements.note(order.reference, payment)
        return DemoSale(order: order, payment: payment)
    }

    /// Takes the steps of every order, each begun when the one before it has ended; orders go side by side.
    /// - Parameter afterSettlement: Which of an order's steps: those of the day, or those after the provider's file.
    func follow(
        _ sales: [DemoSale], afterSettlement: Bool, progress: @escaping @Sendable (Int) -> Void
    ) async throws {
        let busy = sales.filter { $0.order.steps.contains { $0.isAfterSettlement == afterSettlement } }
        _ = try await busy.mapConcurrently(width: Self.callerCount, progress: progress) { sale in
            for (place, step) in sale.order.steps.enumerated() where step.isAfterSettlement == afterSettlement {
                try await take(step, of: sale, key: "\(sale.order.reference)/\(place + 1)")
            }
        }
    }

    // MARK: Steps

    private func take(_ step: DemoOrder.Step, of sale: DemoSale, key: String) async throws {
        switch step {
        case .capture(let amount, let isFinal):
            guard try await isAuthorized(sale) else { return }
            try await ask(sale, "capture", key, ["amount": .integer(amount), "final": .bool(isFinal)])
        case .void:
            guard try await isAuthorized(sale) else { return }
            try await ask(sale, "void", key, [:])
        case .voidRacingCapture:
            guard try await isAuthorized(sale) else { return }
            async let void: Void = ask(sale, "void", key + "/void", [:], mayLose: true)
            async let capture: Void = ask(
                sale, "capture", key + "/capture", ["amount": .integer(sale.order.amount)], mayLose: true)
            _ = try await (void, capture)
        case .refund(let amount), .refundAfterSettlement(let amount):
            guard try await isCaptured(sale) else { return }
            try await ask(sale, "refunds", key, ["amount": .integer(amount)])
        case .act(let result):
            try await patience.wait(for: "\(sale.order.reference) to wait for its payer") {
                !["accepted", "authorizing"].contains(try await status(sale))
            }
            try await sandbox.act(result, onReference: sale.providerReference)
        }
    }

    /// Asks, and waits until the provider has answered.
    /// - Parameter mayLose: Whether a refusal is an outcome, too: of two requests that exclude each other.
    private func ask(
        _ sale: DemoSale, _ what: String, _ key: String, _ body: JSONValue, mayLose: Bool = false
    ) async throws {
        let path = "/v1/payments/\(sale.payment)/\(what)"
        let reply = try await api.exchange(.POST, path, body: body.bytes, headers: [("idempotency-key", key)])
        guard reply.isSuccess else {
            guard mayLose, reply.status == 409 else { throw APIRefusal(reply, path: path) }
            return
        }
        guard let operation = reply.json["operation"]?.string ?? reply.json["id"]?.string else { return }
        try await patience.wait(for: "\(what) \(operation) of \(sale.order.reference)") {
            let state = try await api.get("/v1/operations/\(operation)")["status"]?.string
            return !["requested", "submitted", "in_doubt"].contains(state)
        }
    }

    // MARK: Waiting

    private func isAuthorized(_ sale: DemoSale) async throws -> Bool {
        try await decided(sale)
        return ["authorized", "partially_captured"].contains(try await status(sale))
    }

    /// Captures follow the authorization by themselves; one that failed leaves nothing to refund.
    private func isCaptured(_ sale: DemoSale) async throws -> Bool {
        try await decided(sale)
        if sale.order.isCapturedAutomatically {
            try await patience.wait(for: "the capture of \(sale.order.reference)") {
                try await status(sale) != "authorized"
            }
        }
        return ["captured", "partially_captured"].contains(try await status(sale))
    }

    private func decided(_ sale: DemoSale) async throws {
        try await patience.wait(for: "\(sale.order.reference) to be decided") {
            !["accepted", "authorizing", "action_required"].contains(try await status(sale))
        }
    }

    private func status(_ sale: DemoSale) async throws -> String {
        try await api.get("/v1/payments/\(sale.payment)")["status"]?.string ?? ""
    }
}
