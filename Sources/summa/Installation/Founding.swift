import EventLog
import Payments
import Storage

/// What a first start makes: the installation's log, the test book `main`, and a key for each kind of principal.
struct Founding {
    static let book = BookID(rawValue: 1)
    static let bookName = "main"

    /// A key as it is told once.
    struct Key {
        let principal: String
        let role: Role
        let secret: APIKey
    }

    let installation: Installation

    /// Makes what is missing. If the process dies in between, the next start goes on; keys that were made and never told
    /// are useless, and others are made.
    /// - Returns: The keys, or nil when the installation was founded before.
    func run() async throws -> [Key]? {
        let known = Set(try installation.database.heads().map(\.book))
        for (book, name) in [
            (BookID.system, BookID.systemName), (Self.book.restricted, BookID.restrictedName(of: Self.bookName)),
            (Self.book, Self.bookName),
        ] where !known.contains(book) {
            try await installation.database.createBook(book, named: name)
        }
        let isFounded = try !ListAPIKeys(database: installation.database)
            .run(book: Self.book, after: nil, limit: 1).keys.isEmpty
        return isFounded ? nil : try await makeKeys()
    }

    private func makeKeys() async throws -> [Key] {
        var keys: [Key] = []
        for (name, role) in [
            ("shop", Role.service), ("olga.operator", .operator), ("anna.approver", .approver), ("aude.auditor", .auditor),
        ] {
            guard let principal = PrincipalName(name) else { preconditionFailure("\(name) names a principal") }
            let made = try await CreateAPIKey(database: installation.database, random: installation.random).run(
                .init(
                    book: Self.book, mode: .test, principal: principal, role: role, approvedBy: "system:init",
                    context: EventContext(actor: "system:init")))
            keys.append(Key(principal: name, role: role, secret: made.key))
        }
        return keys
    }
}
