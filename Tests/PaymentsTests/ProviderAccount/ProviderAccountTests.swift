import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A provider account")
struct ProviderAccountTests {
    private let contracts: ExampleContracts

    init() throws {
        contracts = try ExampleContracts()
    }

    @Test("is found by its code, and by the endpoint its provider was told")
    func created() async throws {
        try await contracts.openBook(.test)
        let contract = try await contracts.create()
        #expect(contract.account.code == Example.sandbox)
        #expect(contract.account.isOpen)
        #expect(contract.account.takes(.eur))
        #expect(!contract.account.takes(.usd))
        #expect(try contracts.found(at: contract.connection.endpoint.text) == contract)
    }

    @Test(
        "has nothing to say of its secrets, in rows, events and descriptions",
        .enabled(if: TestStore.isSQLite, "about SQLite files"))
    func secrets() async throws {
        try await contracts.openBook(.test)
        let contract = try await contracts.create()
        let file = try contracts.fileText()
        for secret in [ExampleContracts.baseURL, ExampleContracts.credential, contract.connection.endpoint.text] {
            #expect(!file.contains(secret))
            #expect(!String(reflecting: contract.connection).contains(secret))
        }
    }

    @Test("is made once: the same again is the same account with the same endpoint, anything else is refused")
    func createdOnce() async throws {
        try await contracts.openBook(.test)
        let first = try await contracts.create()
        #expect(try await contracts.create() == first)
        await #expect(throws: ProviderAccountRejection.codeTaken(Example.sandbox)) {
            try await contracts.create(currencies: [.eur, .usd])
        }
        await #expect(throws: ProviderAccountRejection.codeTaken(Example.sandbox)) {
            try await contracts.create(secret: [9])
        }
        #expect(try contracts.events(of: ProviderAccountCreated.self).count == 1)
    }

    @Test("of the sandbox is refused by a live book, and of nobody else")
    func liveBook() async throws {
        try await contracts.openBook(.live)
        await #expect(throws: ProviderAccountRejection.sandboxInLiveBook(Example.sandbox)) {
            try await contracts.create()
        }
        #expect(try await contracts.create(provider: Example.segment("stripe")).account.isOpen)
    }

    @Test("needs a book that was opened")
    func unopenedBook() async throws {
        await #expect(throws: BookRejection.notOpened("book-1")) { try await contracts.create() }
    }

    @Test("needs a currency, and steps of one minor unit at least")
    func terms() throws {
        #expect(throws: ProviderAccountRejection.noCurrency) { try ExampleContracts.terms([]) }
        #expect(throws: ProviderAccountRejection.minorUnitStep(0)) { try ExampleContracts.terms([.eur], step: 0) }
        #expect(try ExampleContracts.terms([.eur], step: 1).capabilities.minorUnitStep(of: .eur) == 1)
    }

    @Test("gets other terms and is closed and reopened, each told once")
    func changed() async throws {
        try await contracts.openBook(.test)
        let first = try await contracts.create().account
        let wider = try await contracts.change(terms: ExampleContracts.terms([.usd, .eur], step: 5))
        #expect(wider.takes(.usd) && wider.capabilities.minorUnitStep(of: .eur) == 5)
        #expect(try await contracts.change(isOpen: false).isOpen == false)
        #expect(try await contracts.change(isOpen: false).isOpen == false)
        #expect(try await contracts.change(isOpen: true, terms: first.terms) == first)
        #expect(try contracts.events(of: ProviderAccountChanged.self).map(\.isOpen) == [true, false, true])
    }

    @Test("that nobody made is not changed")
    func unknown() async throws {
        try await contracts.openBook(.test)
        await #expect(throws: ProviderAccountRejection.unknownProviderAccount(Example.sandbox)) {
            try await contracts.change(isOpen: false)
        }
        #expect(try contracts.found(at: "whe_1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") == nil)
    }

    @Test("is made again out of the log alone")
    func replays() async throws {
        try await contracts.openBook(.test)
        _ = try await contracts.create()
        _ = try await contracts.change(isOpen: false, terms: ExampleContracts.terms([.usd], step: 3))
        #expect(
            try differencesToReplay(
                of: contracts.store, ExampleContracts.migrations, [MerchantReplay(), ProviderAccountReplay()]) == [])
    }
}
