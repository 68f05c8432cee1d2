import JSON
import Ledger
import Payments

/// Many ledger transactions in one commit: all or none of them, or each by itself.
struct LedgerBatchRoute {
    let services: Services

    var routes: [Route] {
        [
            .post(
                "/v1/ledger_transactions/batch", .keepAccounts, body: .json(byteCountMax: BodyRule.large), post)
        ]
    }

    @Sendable private func post(_ call: Call, _ principal: Principal) async throws -> Answer {
        let request = try call.idempotentRequest()
        var fields = try call.fields()
        let isAtomic = try fields.optionalBool("atomic") ?? false
        let objects = try fields.objects("transactions", maxCount: PostLedgerTransactions.Command.countMax)
        try fields.finish()
        let items = try objects.enumerated().map { index, object in
            let item = item(object, orElse: request.externalID(ofItem: index, in: principal.book))
            // Of an atomic batch, one that cannot be read refuses all before anything is looked up.
            if isAtomic { _ = try item.get() }
            return item
        }
        let batch = try PostLedgerTransactions.Command(
            book: principal.book, drafts: items.compactMap { try? $0.get() }, isAtomic: isAtomic,
            context: call.context(principal))
        let answer = try await RequestLedgerBatch(database: services.database).run(
            .init(request: request, batch: batch))
        return .json(.ok, body(items, answer.outcomes, isAtomic: isAtomic)).replayed(answer.isReplayed)
    }

    private func item(
        _ object: JSONFields, orElse externalID: ExternalID
    ) -> Result<LedgerTransactionDraft, Problem> {
        var fields = object
        do {
            let draft = try LedgerTransactionFields(currencies: services.currencies)
                .draft(&fields, orElse: externalID)
            try fields.finish()
            return .success(draft)
        } catch let rejection as DraftRejection {
            return .failure(rejection.problem.at(object.path.description))
        } catch {
            return .failure(Problem(error))
        }
    }

    /// A result for each item in order: what was recorded, or the problem.
    private func body(
        _ items: [Result<LedgerTransactionDraft, Problem>], _ outcomes: [PostLedgerTransactions.Outcome],
        isAtomic: Bool
    ) -> [UInt8] {
        var outcomes = outcomes[...]
        return JSONWriter.object { json in
            json.field("atomic", isAtomic)
            json.beginArray("results")
            for (index, item) in items.enumerated() {
                json.beginObject()
                switch item {
                case .failure(let problem): json.field("problem", problem)
                case .success:
                    guard let outcome = outcomes.popFirst() else { preconditionFailure("each draft has an outcome") }
                    json.result(outcome, at: index)
                }
                json.endObject()
            }
            json.endArray()
        }
    }
}

extension JSONWriter {
    fileprivate mutating func result(_ outcome: PostLedgerTransactions.Outcome, at index: Int) {
        switch outcome {
        case .success(let answer):
            beginObject("ledger_transaction")
            members(of: answer.transaction)
            endObject()
        case .failure(let rejection): field("problem", rejection.problem.at("transactions[\(index)]"))
        }
    }

    /// The problem of a part. What belongs to the whole request, its id, is in the answer's header.
    fileprivate mutating func field(_ name: StaticString, _ problem: Problem) {
        beginObject(name)
        members(of: problem)
        endObject()
    }
}
