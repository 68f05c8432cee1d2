import EventLog
import JSON
import Ledger
import Money
import Payments
import Providers
import Reconciliation
import Storage

/// What a first start makes: the logs, the test book `main` with merchant `acme` and provider account `sandbox`, and a key
/// for each kind of principal.
struct Founding {
    static let book = BookID(rawValue: 1)
    static let bookName = "main"
    static let merchant = segment("acme")
    static let providerAccount = segment("sandbox")
    static let bank = segment("main")
    static let context = EventContext(actor: "system:init")

    private static func segment(_ text: String) -> PathSegment {
        guard let segment = PathSegment(text) else { preconditionFailure("\(text) is part of a path") }
        return segment
    }

    /// A key as it is told once.
    struct Key {
        let principal: String
        let role: Role
        let secret: APIKey
    }

    let installation: Installation

    private var database: Database { installation.database }

    /// Makes what is missing; each part is made once, however often this runs. If the process dies in between, the next
    /// start goes on; keys that were made and never told are useless, and others are made: whoever has told them says so
    /// with `DataDirectory.noteKeysTold`.
    /// - Returns: The keys, or nil when some were told before.
    func run() async throws -> [Key]? {
        try await makeBooks()
        try await openBook()
        try await makeMerchant()
        try await makeProviderAccount()
        try await setSettlementTerms()
        return installation.directory.hasToldKeys ? nil : try await makeKeys()
    }

    private func makeBooks() async throws {
        let known = Set(try database.heads().map(\.book))
        for (book, name) in [
            (BookID.system, BookID.systemName), (Self.book.restricted, BookID.restrictedName(of: Self.bookName)),
            (Self.book, Self.bookName),
        ] where !known.contains(book) {
            try await database.createBook(book, named: name)
        }
    }

    /// A book that is open keeps the policies it has been given since.
    private func openBook() async throws {
        do {
            _ = try database.read(Self.book) { try BookSettings.find(in: $0) }
        } catch BookRejection.notOpened {
            try await OpenBook(database: database).run(
                .init(book: Self.book, settings: BookSettings(mode: .test), context: Self.context))
        }
    }

    /// Its fee plan is 2.5 % and a quarter of a unit of the usual currencies.
    private func makeMerchant() async throws {
        guard try database.read(Self.book, { try MerchantStore.find(Self.merchant, in: $0) }) == nil else { return }
        let fixed = [("EUR", 25), ("USD", 25), ("GBP", 25), ("JPY", 25), ("KWD", 75)].compactMap { code, units in
            (try? CurrencyRegistry.iso.currency(code)).map { Amount(minorUnits: Int64(units), currency: $0) }
        }
        let terms = MerchantTerms(feePlan: try FeePlan(basisPoints: 250, fixed: fixed, rounding: .halfUp))
        _ = try await CreateMerchant(database: database, texts: installation.texts, random: installation.random).run(
            .init(book: Self.book, code: Self.merchant, terms: terms, context: Self.context))
    }

    /// Where the sandbox is reached is settled whenever one is started.
    private func makeProviderAccount() async throws {
        let known = try database.read(Self.book) { try ProviderAccountStore.find(Self.providerAccount, in: $0) }
        guard known == nil else { return }
        let random = installation.random
        let secret = random.bytes(32)
        _ = try await CreateProviderAccount(
            database: database, connections: installation.connections, random: random
        ).run(
            .init(
                book: Self.book, code: Self.providerAccount, provider: Self.segment(ProviderAccount.sandbox),
                terms: try ProviderAccountTerms(
                    capabilities: SandboxProvider.capabilities, currencies: SandboxProvider.currencies, bank: Self.bank),
                // Nowhere yet: the first sandbox that is started takes a free port, and is reached there from then on.
                baseURL: "http://127.0.0.1:0",
                credential: ProviderCredential(Base64.url.encode(random.bytes(24))),
                notificationSecret: NotificationSecret(bytes: secret), context: Self.context))
    }

    /// The sandbox's fees as its documentation states them: what its files are held against.
    private func setSettlementTerms() async throws {
        let known = try database.read(Self.book) { try SettlementTermsStore.all(in: $0) }
        guard known.isEmpty else { return }
        let quarter = try ExactDecimal("0.25")
        let terms = SettlementTerms(
            providerAccount: Self.providerAccount, bank: Self.bank,
            fees: ProviderFeeSchedule(basisPoints: 140, fixed: quarter, rounding: .halfUp))
        try await SetSettlementTerms(database: database).run(
            .init(book: Self.book, terms: terms, context: Self.context))
    }

    /// New keys for the principals there are from the beginning.
    func makeKeys() async throws -> [Key] {
        var keys: [Key] = []
        for (name, role) in [
            ("shop", Role.service), ("olga.operator", .operator), ("anna.approver", .approver),
            ("aude.auditor", .auditor),
        ] {
            guard let principal = PrincipalName(name) else { preconditionFailure("\(name) names a principal") }
            let made = try await CreateAPIKey(database: database, random: installation.random).run(
                .init(
                    book: Self.book, mode: .test, principal: principal, role: role, approvedBy: "system:init",
                    context: Self.context))
            keys.append(Key(principal: name, role: role, secret: made.key))
        }
        return keys
    }
}
