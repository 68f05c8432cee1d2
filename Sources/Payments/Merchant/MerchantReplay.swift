import EventLog
import Storage

/// Makes a book's settings and its merchants out of the log alone.
package struct MerchantReplay: EventReplayer {
    package init() {}

    package func apply(_ event: EventDocument, in work: inout UnitOfWork) throws {
        switch event.type {
        case BookOpened.type: work.insert(try event.content(as: BookOpened.self).settings)
        case BookChanged.type: try change(event.content(as: BookChanged.self), in: &work)
        case MerchantCreated.type: create(try event.content(), at: event.time, in: &work)
        case MerchantChanged.type: try change(event.content(as: MerchantChanged.self), in: &work)
        default: break
        }
    }

    private func change(_ changed: BookChanged, in work: inout UnitOfWork) throws {
        var settings = try BookSettings.find(in: work)
        settings.merchantDebt = changed.merchantDebt
        work.update(settings)
    }

    private func create(_ created: MerchantCreated, at moment: Instant, in work: inout UnitOfWork) {
        work.insert(
            Merchant(id: created.merchant, code: created.code, terms: created.terms, createdAt: moment))
    }

    private func change(_ changed: MerchantChanged, in work: inout UnitOfWork) throws {
        guard var merchant = try work.find(Merchant.self, changed.merchant) else {
            throw EventRejection.malformed("subject")
        }
        merchant.terms = changed.terms
        work.update(merchant)
    }
}
