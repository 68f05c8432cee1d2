import Storage

/// What a verb knows beforehand of the rows it will look for, so that the engine loads them with those of the other callers.
extension LedgerTransactionDraft {
    package var expectedKeys: [ExpectedKey] {
        let externalKey = externalID.map { ExpectedKey.row(LedgerTransaction.byExternalID, $0.text) }
        return postings.flatMap(\.account.expectedKeys) + [externalKey].compactMap(\.self)
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
