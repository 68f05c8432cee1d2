/// One line of a day's charges: what is charged, and what is asked for afterwards. Columns are described in
/// `examples/README.md`.
struct DemoOrder: Sendable, Hashable {
    let reference: String
    let merchant: String
    /// Minor units.
    let amount: Int64
    let currency: String
    let paymentMethod: String
    let isCapturedAutomatically: Bool
    let platformFee: Int64?
    let description: String
    let steps: [Step]

    enum Step: Sendable, Hashable {
        case capture(Int64, isFinal: Bool)
        case void
        /// A void and a capture of the whole, at the same time.
        case voidRacingCapture
        case refund(Int64)
        case refundAfterSettlement(Int64)
        /// The payer's part, told to the sandbox.
        case act(String)
    }

    /// What is captured and refunded in the end, where the provider does as it is asked and nothing races; nil elsewhere.
    var outcome: (captured: Int64, refunded: Int64)? {
        guard paymentMethod == "pm_approve" else { return nil }
        var captured = isCapturedAutomatically ? amount : 0
        var refunded: Int64 = 0
        for step in steps {
            switch step {
            case .capture(let part, _): captured += part
            case .refund(let part), .refundAfterSettlement(let part): refunded += part
            case .void, .act: break
            case .voidRacingCapture: return nil
            }
        }
        return (captured, refunded)
    }
}

extension DemoOrder.Step {
    var isAfterSettlement: Bool { if case .refundAfterSettlement = self { true } else { false } }
}

/// Why a file of charges is none.
struct DemoOrderFault: Error, CustomStringConvertible {
    let line: Int
    let cause: String

    var description: String { "line \(line) of the charges: \(cause)" }
}

extension DemoOrder {
    static let columns = [
        "reference", "merchant", "amount", "currency", "payment_method", "capture", "platform_fee", "description",
        "follow_up",
    ]

    /// Reads a whole file.
    /// - Throws: `DemoOrderFault`, naming the line.
    static func all(in text: String) throws -> [DemoOrder] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard lines.first.map({ $0.split(separator: ",").map(String.init) }) == columns else {
            throw DemoOrderFault(line: 1, cause: "the heading row must be \(columns.joined(separator: ","))")
        }
        let orders = try lines.enumerated().dropFirst().map { try DemoOrder(line: $1, number: $0 + 1) }
        guard Set(orders.map(\.reference)).count == orders.count else {
            throw DemoOrderFault(line: lines.count, cause: "a reference stands there twice")
        }
        return orders
    }

    private init(line: Substring, number: Int) throws {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == Self.columns.count else {
            throw DemoOrderFault(line: number, cause: "\(fields.count) fields instead of \(Self.columns.count)")
        }
        guard let amount = Int64(fields[2]), amount > 0 else {
            throw DemoOrderFault(line: number, cause: "the amount must be a positive whole number")
        }
        guard ["automatic", "manual"].contains(fields[5]), fields[6].isEmpty || Int64(fields[6]) != nil else {
            throw DemoOrderFault(line: number, cause: "capture or platform_fee cannot be read")
        }
        reference = fields[0]
        merchant = fields[1]
        self.amount = amount
        currency = fields[3]
        paymentMethod = fields[4]
        isCapturedAutomatically = fields[5] == "automatic"
        platformFee = Int64(fields[6])
        description = fields[7]
        var plan = Plan(amount: amount, captured: isCapturedAutomatically ? amount : 0)
        steps = try fields[8].split(separator: ";").map { text in
            guard let step = plan.step(text) else {
                throw DemoOrderFault(line: number, cause: "no step reads \(text)")
            }
            return step
        }
    }

    /// Follows what the steps add up to, so that `rest` and `full` are amounts before anything was sent: a run that is
    /// begun again after a crash asks for the same.
    private struct Plan {
        let amount: Int64
        var captured: Int64
        var refunded: Int64 = 0

        mutating func step(_ text: Substring) -> Step? {
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            switch (parts[0], parts.count > 1 ? parts[1] : nil) {
            case ("void", nil): return .void
            case ("void_racing_capture", nil): return .voidRacingCapture
            case ("act", let result?): return .act(result)
            case ("capture", let portion?): return capture(portion, isFinal: false)
            case ("capture_final", let portion?): return capture(portion, isFinal: true)
            case ("refund", let portion?): return refund(portion).map { .refund($0) }
            case ("refund_after_settlement", let portion?): return refund(portion).map { .refundAfterSettlement($0) }
            default: return nil
            }
        }

        private mutating func capture(_ portion: String, isFinal: Bool) -> Step? {
            guard let amount = portion == "rest" ? amount - captured : Int64(portion), amount > 0 else { return nil }
            captured += amount
            return .capture(amount, isFinal: isFinal)
        }

        private mutating func refund(_ portion: String) -> Int64? {
            let amount = portion == "full" ? captured : portion == "rest" ? captured - refunded : Int64(portion)
            guard let amount, amount > 0 else { return nil }
            refunded += amount
            return amount
        }
    }
}
