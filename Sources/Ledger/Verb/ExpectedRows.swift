import Storage

/// What a verb knows beforehand of the rows it will look for, so that the engine loads them with those of the other callers.
extension LedgerTransactionDraft {
    package var expectedKeys: [ExpectedKey] {
        var keys: [ExpectedKey] = []
        keys.reserveCapacity(2 * postings.count + 1)
        for posting in postings { keys += posting.account.expectedKeys }
        if let externalID { keys.append(.row(LedgerTransaction.byExternalID, externalID.text)) }
        return keys
    }
}

extension AccountReference {
    /// The account, and where its id is given its counters.
    package var expectedKeys: [ExpectedKey] {
        switch self {
        case .id(let id): [.row(Account.self, id), .row(AccountBalance.self, id)]
        case .path(let path): [.row(Account.byPath, path.text)]
        }
    }
}
