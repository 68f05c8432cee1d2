import EventLog
import Storage

/// Keeps and reads private texts, each sealed by the data key of its subject.
package struct PrivateTextStore: Sendable {
    private let wrapping: SealingKey

    package init(_ key: InstallationKey) {
        wrapping = key.derived(for: .dataKeys)
    }

    /// Keeps a text of a subject, in place of one of the same name. For a subject that was erased nothing is kept: what comes
    /// late about somebody who asked to be forgotten stays forgotten.
    package func put(_ draft: PrivateTextDraft, of subject: AllowedText, in work: inout UnitOfWork) throws {
        guard let key = try work.find(PrivateTextKeyRow.self, subject.text) else {
            return try putFirst([draft], of: subject, in: &work)
        }
        guard let dataKey = try unwrap(key) else { return }
        let row = try seal(draft, of: subject, by: dataKey)
        if try work.find(PrivateTextRow.self, row.key) == nil { work.insert(row) } else { work.update(row) }
    }

    /// Keeps the first texts of a subject, such as one this body has made, each of another name. Nothing is looked for: a name
    /// that was made a moment ago changes when the body is run again, so that what it misses could never be loaded beforehand.
    package func putFirst(_ drafts: [PrivateTextDraft], of subject: AllowedText, in work: inout UnitOfWork) throws {
        guard let first = drafts.first else { return }
        precondition(Set(drafts.map(\.name)).count == drafts.count, "a subject has one text of a name")
        let wrapped = try wrapping.seal(first.dataKey, nonce: first.keyNonce, for: Self.place(subject))
        work.insert(PrivateTextKeyRow(subject: subject, wrapped: wrapped))
        let dataKey = SealingKey(bytes: first.dataKey)
        for draft in drafts { work.insert(try seal(draft, of: subject, by: dataKey)) }
    }

    /// Takes one text away, where the rest of its subject stays readable.
    package func drop(_ name: PrivateTextName, of subject: AllowedText, in work: inout UnitOfWork) throws {
        let key = PrivateTextRow.key(name, of: subject)
        guard try work.find(PrivateTextRow.self, key) != nil else { return }
        work.delete(PrivateTextRow.self, key)
    }

    package func read(_ name: PrivateTextName, of subject: AllowedText, in rows: Rows) throws -> PrivateTextReading {
        try open(
            rows.find(PrivateTextRow.self, PrivateTextRow.key(name, of: subject)),
            with: rows.find(PrivateTextKeyRow.self, subject.text))
    }

    package func read(
        _ name: PrivateTextName, of subject: AllowedText, in work: borrowing UnitOfWork
    ) throws -> PrivateTextReading {
        try open(
            work.find(PrivateTextRow.self, PrivateTextRow.key(name, of: subject)),
            with: work.find(PrivateTextKeyRow.self, subject.text))
    }

    /// Takes a subject's texts away with their key, because the time they are kept for is over. Nobody asked to be forgotten,
    /// so nothing is left to say so.
    func forget(_ subject: AllowedText, in work: inout UnitOfWork) throws {
        for name in PrivateTextName.allCases { try drop(name, of: subject, in: &work) }
        guard try work.find(PrivateTextKeyRow.self, subject.text) != nil else { return }
        work.delete(PrivateTextKeyRow.self, subject.text)
    }

    /// Destroys the data key of a subject. False when there is none, or none any more.
    ///
    /// Pages the database has freed and copies of it hold the wrapped key until they are overwritten or thrown away.
    static func destroyKey(of subject: AllowedText, in work: inout UnitOfWork) throws -> Bool {
        guard let key = try work.find(PrivateTextKeyRow.self, subject.text), key.wrapped != nil else { return false }
        work.update(PrivateTextKeyRow(subject: subject, wrapped: nil, erasedAt: work.now))
        for name in PrivateTextName.allCases {
            let key = PrivateTextRow.key(name, of: subject)
            if try work.find(PrivateTextRow.self, key) != nil { work.delete(PrivateTextRow.self, key) }
        }
        return true
    }

    /// Whether a subject's texts were erased.
    static func isErased(_ subject: AllowedText, in work: borrowing UnitOfWork) throws -> Bool {
        try work.find(PrivateTextKeyRow.self, subject.text)?.erasedAt != nil
    }

    // MARK: Sealing

    private func seal(
        _ draft: PrivateTextDraft, of subject: AllowedText, by dataKey: SealingKey
    ) throws -> PrivateTextRow {
        let sealed = try dataKey.seal(
            draft.salt.bytes + draft.value, nonce: draft.valueNonce, for: Self.place(draft.name, of: subject))
        return PrivateTextRow(subject: subject, name: draft.name, sealed: sealed)
    }

    /// Nil for a key that was destroyed.
    private func unwrap(_ row: PrivateTextKeyRow) throws -> SealingKey? {
        guard let wrapped = row.wrapped else { return nil }
        return SealingKey(bytes: try wrapping.open(wrapped, from: Self.place(row.subject)))
    }

    private func open(_ row: PrivateTextRow?, with key: PrivateTextKeyRow?) throws -> PrivateTextReading {
        guard let key else { return .none }
        guard let dataKey = try unwrap(key) else { return .erased }
        guard let row else { return .none }
        let text = try dataKey.open(row.sealed, from: Self.place(row.name, of: row.subject))
        guard let salt = SaltedHash.Salt(Array(text.prefix(SaltedHash.Salt.byteCount))) else {
            throw SealingFault(place: Self.place(row.name, of: row.subject))
        }
        let value = Array(text.dropFirst(SaltedHash.Salt.byteCount))
        return .text(value, hash: SaltedHash(of: value, salt: salt))
    }

    private static func place(_ subject: AllowedText) -> String { "key of \(subject)" }

    private static func place(_ name: PrivateTextName, of subject: AllowedText) -> String {
        "\(name.rawValue) of \(subject)"
    }
}
