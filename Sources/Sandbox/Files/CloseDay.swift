import JSON
import Storage

/// Ends a business day: its effects are settled, its files fixed for ever, and the bank account moved. What happens
/// afterwards belongs to the next day. Closing a closed day again changes nothing.
struct CloseDay {
    /// Nil closes the day that is open.
    let day: BusinessDay?
    /// Nil leaves it to the sandbox's own setting.
    let faultsSeed: UInt64?

    /// - Throws: `SandboxProblem.dayNotClosable` for a day that has not begun or was passed over.
    func run(in work: SandboxWork) throws -> ClosedDay {
        let open = try work.businessDay()
        let day = day ?? open
        if let closed = try ClosedDayStore.find(day, in: work) { return closed }
        guard day <= open else { throw SandboxProblem.dayNotClosable("\(day) has not begun; the open day is \(open)") }
        if let last = try ClosedDayStore.last(in: work), day < last {
            throw SandboxProblem.dayNotClosable("\(day) was passed over; the last closed day is \(last)")
        }
        return try close(day, in: work)
    }

    private func close(_ day: BusinessDay, in work: SandboxWork) throws -> ClosedDay {
        let movements = try EffectStore.unsettled(upTo: day, in: work).flatMap { recorded in
            recorded.effect.settlementItems.map { (effect: recorded.sequence, item: $0) }
        }
        let faithful = FaultPlan.faithful(
            SettlementFile(day: day, coversUntil: min(work.now, day.lastMoment), items: movements.map(\.item)))
        let told =
            plan(for: day, in: work.rules).map { plan in
                var plan = plan
                return plan.plant(in: faithful.settlement)
            } ?? faithful

        let leftOut = Set(told.leftOut.map { movements[$0].effect })
        for effect in Set(movements.map(\.effect)).subtracting(leftOut) {
            try EffectStore.markSettled(effect, on: day, in: work)
        }
        let opening = try BankBalanceStore.all(in: work)
        let bankDate = day.advanced(byDays: work.rules.bankDelayDays)
        let bank = BankStatement(bookingDate: bankDate, opening: opening, lines: told.bankLines)
        try BankBalanceStore.save(bank.closing, in: work)
        let closed = ClosedDay(
            day: day, bankDate: bankDate, settlement: told.settlement.text, bank: bank.text,
            faithfulSettlement: faithful.settlement.text,
            faithfulBank: BankStatement(bookingDate: bankDate, opening: opening, lines: faithful.bankLines).text,
            planted: JSONWriter.array { json in
                for difference in told.planted { json.element(difference) }
            })
        try ClosedDayStore.insert(closed, in: work)
        return closed
    }

    /// The request's seed as it is; the sandbox's own varied by the day.
    private func plan(for day: BusinessDay, in rules: SandboxRules) -> FaultPlan? {
        if let faultsSeed { return FaultPlan(seed: faultsSeed) }
        return rules.faultsSeed.map { FaultPlan(seed: SplitMix.hash(day.description, seed: $0)) }
    }
}

extension Effect {
    /// The lines a file has for it: none for what moves no money, two for a chargeback with its fee.
    var settlementItems: [SettlementItem] {
        switch kind {
        case .authorized, .voided, .expired: []
        case .captured: [item(.charge, gross: amount, fee: fee)]
        case .refunded: [item(.refund, gross: -amount)]
        case .refundReturned: [item(.refundReversal, gross: amount)]
        case .chargedBack: [item(.chargeback, gross: -amount), item(.fee, gross: 0, fee: fee)]
        case .chargebackReversed: [item(.chargebackReversal, gross: amount)]
        }
    }

    private func item(_ kind: SettlementItem.Kind, gross: Int64, fee: Int64 = 0) -> SettlementItem {
        SettlementItem(
            kind: kind, providerReference: subject, providerPayment: authorization, reference: reference,
            occurredAt: occurredAt, gross: gross, fee: fee, currency: currency)
    }
}
