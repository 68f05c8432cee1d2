import EventLog
import Ledger
import Money
import Storage

/// How far our own requests may take a merchant into our debt: the book's policy, as the floor of what we owe the merchant.
enum MerchantDebt {
    /// Brings the floor into line with the policy, which may have changed since the account was opened.
    static func align(_ payment: Payment, context: EventContext, in work: inout UnitOfWork) throws {
        let path = payment.payableAccount.path(in: payment.currency)
        guard let account = try LedgerStore.find(.path(path), in: work), account.status != .closed else { return }
        let floor = try BookSettings.find(in: work).merchantDebt.floor(in: payment.currency)
        guard account.floor != floor else { return }
        let change = ChangeAccount.Command(
            book: work.book, account: .id(account.id), change: .limit(floor: floor, ceiling: account.ceiling),
            context: context)
        _ = try ChangeAccount.perform(change, in: &work)
    }
}
