import EventLog
import Storage

/// Makes a book's provider accounts out of the log alone.
package struct ProviderAccountReplay: EventReplayer {
    package init() {}

    package func apply(_ event: EventDocument, in work: inout UnitOfWork) throws {
        switch event.type {
        case ProviderAccountCreated.type:
            let created = try event.content(as: ProviderAccountCreated.self)
            work.insert(
                ProviderAccount(
                    id: created.account, code: created.code, provider: created.provider, terms: created.terms,
                    createdAt: event.time))
        case ProviderAccountChanged.type:
            let changed = try event.content(as: ProviderAccountChanged.self)
            guard var account = try work.find(ProviderAccount.self, changed.account) else {
                throw EventRejection.malformed("subject")
            }
            account.terms = changed.terms
            account.isOpen = changed.isOpen
            work.update(account)
        default: break
        }
    }
}
