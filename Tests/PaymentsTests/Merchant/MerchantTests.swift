import EventLog
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A merchant")
struct MerchantTests {
    private let store: TestDatabase
    private let texts: PrivateTextStore
    private let random = CountingBytes()
    private let context = EventContext(actor: "principal:anna")
    private static let migrations = [PrivateTextSchema.migration, MerchantSchema.migration]

    init() throws {
        store = try TestDatabase(Self.migrations, runsOwnThread: true)
        texts = PrivateTextStore(try installationKey())
    }

    @Test("is known by its code, with the terms agreed and a name nobody finds in the log")
    func created() async throws {
        let merchant = try await create(terms(), name: "Ada's Books")
        #expect(try store.read { try MerchantStore.find(Example.acme, in: $0) } == merchant)
        #expect(try name(of: merchant) == Array("Ada's Books".utf8))
        let event = try #require(try events().first)
        let told = try event.content(as: MerchantCreated.self)
        #expect(told.terms == (try terms()))
        #expect(told.displayName != nil)
        #expect(!String(decoding: event.bytes, as: UTF8.self).contains("Ada"))
    }

    @Test("is created once: the same again is the same merchant, anything else is refused")
    func createdOnce() async throws {
        let first = try await create(terms(), name: "Ada")
        #expect(try await create(terms(), name: "Ada") == first)
        await #expect(throws: MerchantRejection.codeTaken(Example.acme)) { try await create(terms(), name: "Eve") }
        await #expect(throws: MerchantRejection.codeTaken(Example.acme)) { try await create(terms(), name: nil) }
        await #expect(throws: MerchantRejection.codeTaken(Example.acme)) {
            try await create(terms(basisPoints: 291), name: "Ada")
        }
        #expect(try events().count == 1)
    }

    @Test("gets other terms and another name, each told once")
    func changed() async throws {
        let merchant = try await create(terms(), name: "Ada")
        let dearer = try await change(terms(basisPoints: 500))
        #expect(dearer.terms.feePlan.basisPoints == 500)
        #expect(try await change(terms(basisPoints: 500)) == dearer)
        _ = try await change(nil, name: "Ada & Co")
        _ = try await change(nil, name: "Ada & Co")
        #expect(try name(of: merchant) == Array("Ada & Co".utf8))
        let told = try events().dropFirst().map { try $0.content(as: MerchantChanged.self) }
        #expect(told.map(\.terms.feePlan.basisPoints) == [500, 500])
        #expect(told.map { $0.displayName != nil } == [false, true])
    }

    @Test("that nobody registered is not found and not changed")
    func unknown() async throws {
        #expect(try store.read { try MerchantStore.find(Example.acme, in: $0) } == nil)
        await #expect(throws: MerchantRejection.unknownMerchant(Example.acme)) { try await change(terms()) }
    }

    @Test("is made again out of the log alone")
    func replays() async throws {
        _ = try await create(terms(), name: "Ada")
        _ = try await change(terms(basisPoints: 0))
        #expect(try differencesToReplay(of: store, Self.migrations, [MerchantReplay()]) == [])
    }

    // MARK: Steps

    private func terms(basisPoints: Int64 = 290) throws -> MerchantTerms {
        MerchantTerms(
            feePlan: try FeePlan(basisPoints: basisPoints, fixed: [.usd(30), .eur(25)], rounding: .halfEven),
            feeOnRefund: .proportional, chargebackLiability: .platform, passesDisputeFee: false, lateSuccess: .return)
    }

    private func create(_ terms: MerchantTerms, name: String?) async throws -> Merchant {
        try await CreateMerchant(database: store.database, texts: texts, random: random).run(
            .init(book: .first, code: Example.acme, terms: terms, displayName: name, context: context))
    }

    private func change(_ terms: MerchantTerms?, name: String? = nil) async throws -> Merchant {
        try await ChangeMerchant(database: store.database, texts: texts, random: random).run(
            .init(book: .first, code: Example.acme, terms: terms, displayName: name, context: context))
    }

    private func name(of merchant: Merchant) throws -> [UInt8]? {
        let reading = try store.read { try texts.read(.displayName, of: AllowedText(merchant.id), in: $0) }
        guard case .text(let bytes, _) = reading else { return nil }
        return bytes
    }

    private func events() throws -> [EventDocument] {
        try store.read { try EventStore($0).events(after: 0, limit: 100) }
    }
}
