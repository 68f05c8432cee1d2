import Ledger
import Money
import Payments
import Storage

/// Checks what an adjustment may take of a break: after the table of breaks, the terms with the provider, and what is open.
struct AdjustmentRules {
    private let broken: Break
    /// Nil where no contract is concerned: money at our bank that nobody knows.
    private let terms: SettlementTerms?

    init(_ broken: Break, in work: borrowing UnitOfWork) throws {
        self.broken = broken
        let remittance = try broken.facts.remittance.flatMap { try work.find(Remittance.self, $0) }
        switch (remittance, broken.facts.source) {
        case (let remittance?, _): terms = try work.find(SettlementTerms.self, remittance.providerAccount.text)
        case (nil, .provider(let account)): terms = try work.find(SettlementTerms.self, account.text)
        case (nil, .bank(let bank)): terms = try work.group(SettlementTerms.byBank, bank.text).first
        }
    }

    /// - Throws: `unknownBreak`, `breakResolved`.
    static func openBreak(_ id: BreakID, in work: borrowing UnitOfWork) throws -> Break {
        guard let broken = try BreakStore.find(id, in: work) else { throw AdjustmentRejection.unknownBreak(id) }
        if let resolution = broken.resolution { throw AdjustmentRejection.breakResolved(id, resolution) }
        return broken
    }

    /// Answers what would be taken.
    func check(
        _ kind: AdjustmentKind, _ requested: Amount?, target: AccountPath?, on now: Instant
    ) throws(AdjustmentRejection) -> Amount {
        guard let entry = AdjustmentTable.entry(kind, for: broken.kind) else {
            throw .notForClass(broken.kind, kind, allowed: AdjustmentTable.kinds(for: broken.kind))
        }
        if entry.limit == .bankLine, broken.facts.source.kind != .bank { throw .onlyBankLines(broken.id) }
        if entry.limit == .patience { try checkPatience(on: BookingDate(of: now)) }
        guard let open = broken.openAmount else { throw .nothingOpen(broken.id) }
        if entry.sign == .shortfall, !open.isPositive { throw .notAShortfall(open: open) }
        let amount = requested ?? open
        guard Self.isPart(amount, of: open) else { throw .exceedsOpen(open: open, requested: amount) }
        let tolerance = terms?.roundingTolerance ?? 0
        if entry.limit == .tolerance, open.minorUnits.magnitude > tolerance.magnitude {
            throw .exceedsTolerance(minorUnits: tolerance)
        }
        if kind == .identified, target == nil { throw .targetRequired }
        if kind != .identified, target != nil { throw .targetNotAllowed }
        return amount
    }

    /// An account that tracks items needs to be told which; a person writes others only.
    func checkTarget(
        _ target: AccountPath?, for amount: Amount, in work: borrowing UnitOfWork
    ) throws {
        guard let target else { return }
        guard target.currencyCode == amount.currency.code else { throw AdjustmentRejection.targetUnfit }
        if let account = try LedgerStore.find(.path(target), in: work) {
            guard !account.tracksItems, account.currency == amount.currency, account.path != cash(amount) else {
                throw AdjustmentRejection.targetUnfit
            }
        } else {
            guard let line = ChartOfAccounts.line(for: target), !line.tracksItems, line.template != .bankCash else {
                throw AdjustmentRejection.targetUnfit
            }
        }
    }

    /// Cash is what the bank says, and no adjustment moves it.
    private func cash(_ amount: Amount) -> AccountPath {
        StandardAccount(.bankCash, of: broken.facts.source.owner).path(in: amount.currency)
    }

    private func checkPatience(on today: BookingDate) throws(AdjustmentRejection) {
        let patience = terms?.patienceDays ?? Self.patienceWithoutTerms
        let age = broken.ageDays(on: today)
        guard age >= patience else { throw .tooEarly(ageDays: age, patienceDays: patience) }
    }

    private static let patienceWithoutTerms: Int64 = 30

    /// Of one currency and sign with the whole, not zero, and no more than it.
    private static func isPart(_ amount: Amount, of whole: Amount) -> Bool {
        amount.currency == whole.currency && !amount.isZero && amount.isNegative == whole.isNegative
            && amount.minorUnits.magnitude <= whole.minorUnits.magnitude
    }
}

/// What may be proposed for a break now, for whoever shows it.
extension AdjustmentRules {
    /// - Parameter terms: Of the provider the break is about.
    static func proposable(for broken: Break, terms: SettlementTerms?, on now: Instant) -> [AdjustmentKind] {
        let rules = AdjustmentRules(broken, terms: terms)
        return AdjustmentTable.kinds(for: broken.kind).filter { kind in
            do throws(AdjustmentRejection) {
                _ = try rules.check(kind, nil, target: nil, on: now)
                return true
            } catch {
                // Which account it belongs on is said with the proposal.
                return error == .targetRequired
            }
        }
    }

    private init(_ broken: Break, terms: SettlementTerms?) {
        self.broken = broken
        self.terms = terms
    }
}
