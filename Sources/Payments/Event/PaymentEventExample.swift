import EventLog
import JSON
import Ledger
import Money
import Storage

/// What the examples on the events' pages tell of: an order of 19.99 EUR at the merchant `acme`.
enum PaymentEventExample {
    static let payment = PaymentID(rawValue: base + 1)
    private static let base: Int64 = 3_637_000_000_000_000_000
    private static let capture = PaymentOperationID(rawValue: base + 4)
    private static let claim = IdempotencyClaim(
        keyHash: RequestHash(of: ["key"]), fingerprint: RequestHash(of: ["fingerprint"]))
    private static let total = Amount(minorUnits: 1_999, currency: .eur)

    static let chargeInitiated = ChargeInitiated(
        Payment(
            id: payment, amount: total, merchant: segment("acme"), providerAccount: segment("sandbox"),
            method: method("pm_approve"), captureMode: .automatic,
            terms: terms, reference: ExternalID("order-1007"), createdAt: moment),
        description: hash("Two mugs"), metadata: nil, claim: claim, ledger: promise)

    static let paymentRecovered = PaymentRecovered(
        Payment(
            id: payment, amount: total, merchant: segment("acme"), providerAccount: segment("sandbox"),
            method: method("pm_approve"), captureMode: .automatic, terms: terms, reference: nil, createdAt: moment),
        knownAs: name("auth_17"), ledger: promise)

    static let captureRequested = CaptureRequested(
        payment: payment, changes: begun(.capture, 1_500, .capturesInFlight, isFinal: true), ledger: LedgerMembers(),
        claim: claim)

    static let voidRequested = VoidRequested(
        payment: payment, changes: begun(.void, 1_999, nil), ledger: LedgerMembers(), claim: claim)

    static let refundRequested = RefundRequested(
        payment: payment, changes: begun(.refund, 500, .refundsInFlight),
        ledger: ledger(
            """
            {"id":"ltx_34y9r7bw1h005","phase":"pending","reason":"refund","booked":"2026-03-31","hold":"reservation",
            "postings":[{"account":"merchant:acme:payable:EUR","debit":500},
            {"account":"provider:sandbox:receivable:EUR","credit":500,"item":"pay_34y9r7bw1h001"}]}
            """), claim: claim)

    static let requestRejected = RequestRejected(
        subject: payment.description,
        rejection: RequestRejection(
            .refund, .exceedsRefundable, requested: Amount(minorUnits: 2_000, currency: .eur), limit: total),
        claim: claim)

    static let commandsSubmitted = CommandsSubmitted(
        providerAccount: segment("sandbox"),
        operations: [
            .init(payment: payment, operation: PaymentOperationID(rawValue: payment.rawValue)),
            .init(payment: payment, operation: capture),
        ])

    static let answerLost = AnswerLost(payment: payment, changes: changed(.inDoubt))

    static let outcomeRecorded = OutcomeRecorded(
        payment: payment, fact: fact(.captured(Amount(minorUnits: 1_500, currency: .eur), fee: nil)),
        changes: captured,
        ledger: ledger(
            """
            {"id":"ltx_34y9r7bw1h006","phase":"hold_posted","reason":"capture","parent":"ltx_34y9r7bw1h002",
            "booked":"2026-03-31","occurred_at":"2026-03-31T08:22:43.000000Z",
            "postings":[{"account":"provider:sandbox:receivable:EUR","debit":1500,"item":"pay_34y9r7bw1h001"},
            {"account":"merchant:acme:payable:EUR","credit":1500}]}
            """))

    static let outcomeQuestioned = OutcomeQuestioned(
        payment: payment, fact: fact(.declined(ProviderFailure(.insufficientFunds, rawCode: "51"))),
        lookUps: [PaymentOperationID(rawValue: payment.rawValue)])

    static let outcomeUnbookable = OutcomeUnbookable(
        payment: payment, fact: fact(.refunded(Amount(minorUnits: 0, currency: .eur), fee: nil)),
        why: .amountNotPositive, workItems: waiting(.unbookableFact, of: AllowedText(payment)))

    static let factOrphaned = FactOrphaned(
        orphan: orphan, providerAccount: segment("sandbox"), fact: fact(.captured(total, fee: nil)),
        workItems: waiting(.orphanNotification, of: AllowedText(orphan)))

    static let settlementRecorded = SettlementRecorded(payment: payment, changes: settled)

    static let orphanAdopted = OrphanAdopted(orphan: orphan, payment: payment)
}

// MARK: Parts

extension PaymentEventExample {
    private static let terms = PaymentTerms(
        fee: FeeTerms(.plan(basisPoints: 120, fixed: Amount(minorUnits: 10, currency: .eur)), rounding: .halfEven),
        feeOnRefund: .proportional)
    private static let promise = ledger(
        """
        {"id":"ltx_34y9r7bw1h002","phase":"pending","reason":"authorization","booked":"2026-03-31","hold":"mirror",
        "postings":[{"account":"provider:sandbox:receivable:EUR","debit":1999,"item":"pay_34y9r7bw1h001"},
        {"account":"merchant:acme:payable:EUR","credit":1999}]}
        """)
    private static let moment = Instant(microseconds: 1_774_945_363_000_000)
    private static let orphan = OrphanFactID(rawValue: base + 7)

    private static func begun(
        _ kind: OperationKind, _ minorUnits: Int64, _ sum: PaymentSum?, isFinal: Bool = false
    ) -> PaymentChanges {
        var changes = PaymentChanges()
        if let sum { changes.payment.moved[sum] = minorUnits }
        var operation = OperationChange(id: capture)
        operation.beginning = .init(
            kind: kind, origin: .request, amount: Amount(minorUnits: minorUnits, currency: .eur), isFinal: isFinal)
        changes.operations = [operation]
        return changes
    }

    private static func changed(_ state: OperationState) -> PaymentChanges {
        var operation = OperationChange(id: capture)
        operation.state = state
        return PaymentChanges(operations: [operation])
    }

    private static var captured: PaymentChanges {
        var changes = changed(.succeeded)
        changes.payment.authorization = .used
        changes.payment.moved = [.captured: 1_500, .capturesInFlight: -1_500]
        changes.operations[0].providerReference = ProviderReference("cap_19")
        return changes
    }

    private static var settled: PaymentChanges {
        var changes = PaymentChanges()
        changes.payment.moved = [.settled: 1_500]
        return changes
    }

    private static func fact(_ statement: ProviderFact.Statement) -> ProviderFact {
        ProviderFact(
            statement, paymentReference: ProviderReference("auth_17"), movementReference: ProviderReference("cap_19"),
            operationReference: nil, occurredAt: moment, origin: .notification)
    }

    private static func waiting(_ kind: WorkItemKind, of subject: AllowedText) -> WorkItemMembers {
        let item = WorkItem(WorkItemDraft(kind, of: subject), id: WorkItemID(rawValue: base + 8), openedAt: moment)
        return WorkItemMembers(opened: [OpenedWorkItem(item)])
    }

    /// Ledger members as their own text says them: only the ledger makes them of rows.
    private static func ledger(_ transaction: String) -> LedgerMembers {
        do {
            var fields = try JSONFields(JSONValue(parsing: Array(#"{"ledger":[\#(transaction)]}"#.utf8)))
            return try LedgerMembers(from: &fields)
        } catch {
            preconditionFailure("the example is as published: \(error)")
        }
    }

    private static func hash(_ text: String) -> SaltedHash? {
        SaltedHash.Salt([UInt8](repeating: 7, count: SaltedHash.Salt.byteCount))
            .map { SaltedHash(of: Array(text.utf8), salt: $0) }
    }

    private static func segment(_ text: String) -> PathSegment {
        guard let segment = PathSegment(text) else { preconditionFailure("\(text) is a segment") }
        return segment
    }

    private static func name(_ text: String) -> ProviderReference {
        guard let name = ProviderReference(text) else { preconditionFailure("\(text) is a provider's name") }
        return name
    }

    private static func method(_ text: String) -> PaymentMethodToken {
        guard let token = PaymentMethodToken(text) else { preconditionFailure("\(text) is a token") }
        return token
    }
}
