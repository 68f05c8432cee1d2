import EventLog
import Ledger
import Money
import Storage

/// What our contracts say of how a provider settles: what its files and our bank's are held against.
package struct SettlementTerms: Hashable, Sendable {
    /// The provider account's code.
    package let providerAccount: PathSegment
    /// The bank account its remittances arrive on.
    package let bank: PathSegment
    /// What it may keep of each capture; nil where nothing is agreed that could be worked out.
    package var fees: ProviderFeeSchedule?
    /// After which time of day a movement belongs to the next day's file, where a file does not say what it covers.
    package var cutOff: CutOff
    /// Up to how many minor units a difference may be called rounding.
    package var roundingTolerance: Int64
    /// Days from a remittance's date until our bank must have shown it.
    package var arrivalDays: Int64
    /// Days a break must have been open before what is missing may be written off, or what nobody claimed become income.
    package var patienceDays: Int64

    package init(
        providerAccount: PathSegment, bank: PathSegment, fees: ProviderFeeSchedule? = nil,
        cutOff: CutOff = .midnight, roundingTolerance: Int64 = 1, arrivalDays: Int64 = 3, patienceDays: Int64 = 30
    ) {
        self.providerAccount = providerAccount
        self.bank = bank
        self.fees = fees
        self.cutOff = cutOff
        self.roundingTolerance = roundingTolerance
        self.arrivalDays = arrivalDays
        self.patienceDays = patienceDays
    }

    /// Whether the numbers are such as a contract may have.
    package var isReasonable: Bool {
        (0...100).contains(roundingTolerance) && (0...60).contains(arrivalDays) && (0...3_650).contains(patienceDays)
    }
}

extension SettlementTerms: Row {
    package var key: String { providerAccount.text }

    /// Whose remittances arrive on a bank account.
    package static let byBank = GroupKey<SettlementTerms, String>("bank", columns: ["bank"]) { $0.bank.text }

    package static let table = TableDefinition<SettlementTerms>(
        "settlement_terms", .recorded,
        columns: [
            .text("provider_account"),
            .text("bank"),
            .integer("fee_basis_points", optional: true, check: "fee_basis_points BETWEEN 0 AND 10000"),
            .text("fee_fixed", optional: true),
            .text("fee_rounding", optional: true),
            .integer("cut_off_second", check: "cut_off_second BETWEEN 1 AND 86400"),
            .integer("rounding_tolerance_minor", check: "rounding_tolerance_minor BETWEEN 0 AND 100"),
            .integer("arrival_days", check: "arrival_days BETWEEN 0 AND 60"),
            .integer("patience_days", check: "patience_days BETWEEN 0 AND 3650"),
        ],
        checks: [
            "(fee_basis_points IS NULL) = (fee_fixed IS NULL)", "(fee_basis_points IS NULL) = (fee_rounding IS NULL)",
        ],
        groupKeys: [byBank])

    package func write(to columns: inout ColumnWriter) {
        columns.text(providerAccount.text)
        columns.text(bank.text)
        columns.integer(fees?.basisPoints)
        columns.text(fees?.fixed.description)
        columns.text(fees?.rounding.rawValue)
        columns.integer(cutOff.secondOfDay)
        columns.integer(roundingTolerance)
        columns.integer(arrivalDays)
        columns.integer(patienceDays)
    }

    package init(from columns: inout ColumnReader) throws {
        providerAccount = try columns.segment("provider_account")
        bank = try columns.segment("bank")
        let basisPoints = columns.optionalInteger()
        let fixed = columns.optionalText()
        let rounding = try columns.optionalParsed("fee_rounding", Rounding.init(rawValue:))
        fees = ProviderFeeSchedule(basisPoints: basisPoints, fixed: fixed, rounding: rounding)
        let second = columns.integer()
        guard let cutOff = CutOff(secondOfDay: second) else {
            throw UnreadableColumn(name: "cut_off_second", text: "\(second)")
        }
        self.cutOff = cutOff
        roundingTolerance = columns.integer()
        arrivalDays = columns.integer()
        patienceDays = columns.integer()
    }
}

extension ProviderFeeSchedule {
    /// A schedule from its three parts as rows and events have them; nil without one of them.
    init?(basisPoints: Int64?, fixed: String?, rounding: Rounding?) {
        guard let basisPoints, let rounding, let fixed = fixed.flatMap({ try? ExactDecimal($0, sign: .none) }) else {
            return nil
        }
        self.init(basisPoints: basisPoints, fixed: fixed, rounding: rounding)
    }
}
