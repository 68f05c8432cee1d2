import Ledger
import Money
import Storage

/// Between whom a charge is, as far as that is known before the unit of work: what the caller named, or the book's only one.
struct ChargeParties: Sendable {
    private let merchant: PathSegment?
    private let providerAccount: PathSegment?

    init(of command: CreateCharge.Command, in database: Database, _ sole: SoleParties?) throws {
        guard command.merchant == nil || command.providerAccount == nil else {
            merchant = command.merchant
            providerAccount = command.providerAccount
            return
        }
        let parties =
            try sole?.parties(of: command.book) ?? database.read(command.book) { try SoleParties.Parties(in: $0) }
        merchant = command.merchant ?? parties.merchant
        providerAccount = command.providerAccount ?? parties.providerAccount
    }

    /// What a refusal of the charge is about.
    var subject: String { merchant?.text ?? "unknown" }

    func find(in work: borrowing UnitOfWork) throws -> (Merchant, ProviderAccount) {
        guard let merchant, let known = try work.find(Merchant.byCode, merchant.text) else {
            throw RequestRejection(.charge, .unknownMerchant)
        }
        guard let providerAccount, let contract = try work.find(ProviderAccount.byCode, providerAccount.text) else {
            throw RequestRejection(.charge, .unknownProviderAccount)
        }
        return (known, contract)
    }

    /// The rows the charge will look for, the accounts of its hold included.
    func expectedKeys(in currency: Currency) -> [ExpectedKey] {
        var keys: [ExpectedKey] = []
        if let merchant {
            let payable = StandardAccount(.merchantPayable, of: merchant).path(in: currency)
            keys += [.row(Merchant.byCode, merchant.text), .row(Account.byPath, payable.text)]
        }
        if let providerAccount {
            let receivable = StandardAccount(.providerReceivable, of: providerAccount).path(in: currency)
            keys += [.row(ProviderAccount.byCode, providerAccount.text), .row(Account.byPath, receivable.text)]
        }
        return keys
    }
}

extension ProviderAccount {
    /// Whether the contract lets us charge this much of this currency.
    /// - Throws: `RequestRejection`.
    func admit(_ amount: Amount) throws {
        guard isOpen else { throw RequestRejection(.charge, .providerAccountClosed) }
        guard takes(amount.currency) else { throw RequestRejection(.charge, .currencyUnsupported, requested: amount) }
        let step = capabilities.minorUnitStep(of: amount.currency)
        guard amount.minorUnits.isMultiple(of: step) else {
            throw RequestRejection.minorUnitStep(.charge, step, amount)
        }
    }
}
