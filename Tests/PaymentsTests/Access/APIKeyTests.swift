import EventLog
import JSON
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("An API key")
struct APIKeyTests {
    private let key = APIKey(mode: .test, book: .first, random: CountingBytes())

    @Test("says its mode and book, and reads back as the same key")
    func text() throws {
        #expect(key.revealed.hasPrefix("sk_test_1_"))
        let read = try #require(APIKey(text: key.revealed))
        #expect(read.hash == key.hash)
        #expect(read.mode == .test && read.book == .first)
        #expect(
            APIKey(mode: .live, book: BookID(rawValue: 42), random: CountingBytes()).revealed.hasPrefix("sk_live_42_"))
    }

    @Test("holds 256 random bits behind its last underscore")
    func secret() throws {
        let secret = try #require(key.revealed.split(separator: "_", maxSplits: 3).last)
        #expect(Base64.url.decode(String(secret))?.count == 32)
    }

    @Test("prints redacted however it is printed")
    func redacted() {
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped, "\([key])"] {
            #expect(!text.contains("sk_test"))
        }
    }

    @Test(
        "is nothing that only looks like one",
        arguments: [
            "", "sk", "sk_test_1", "sk_test_1_", "sk_prod_1_AAAA", "sk_test_-1_A", "sk_test_0_A", "sk_test_+1_A",
            "sk_test_01_A", "sk_test_1099511627776_A", "pk_test_1_A",
        ])
    func malformed(text: String) {
        #expect(APIKey(text: text) == nil)
        #expect(APIKey(text: text.replacing("_A", with: "_" + String(repeating: "A", count: 43))) == nil)
    }

    @Test("is stored and told of as a hash, never as it is")
    func stored() async throws {
        let example = try await AccessExample()
        let made = try await example.make()
        #expect(made.record.hash == made.key.hash)
        let events = try example.events(BookID.first.restricted)
        #expect(events.map(\.type) == ["summa.access.key_created"])
        let secret = try #require(made.key.revealed.split(separator: "_").last)
        #expect(!String(decoding: events[0].bytes, as: UTF8.self).contains(secret))
        #expect(String(decoding: events[0].bytes, as: UTF8.self).contains(Hex.encode(made.key.hash.bytes)))
        #expect(try example.events(.first).isEmpty)
    }
}

@Suite("A principal behind a key")
struct AuthenticatorTests {
    @Test("is found by the key, with its role and its one book")
    func found() async throws {
        let example = try await AccessExample()
        let made = try await example.make("shop", .service)
        let principal = try example.authenticator.principal(for: made.key.revealed)
        #expect(principal.name.text == "shop" && principal.role == .service && principal.book == .first)
        #expect(principal.actor.text == "principal:shop/\(made.record.id)")
        // Remembered, and the same.
        #expect(try example.authenticator.principal(for: made.key.revealed) == principal)
    }

    @Test("is not found by a key nobody made, of a book that is or is not there", arguments: [1, 7] as [Int64])
    func unknown(book: Int64) async throws {
        let example = try await AccessExample()
        let guess = APIKey(mode: .test, book: BookID(rawValue: book), random: CountingBytes())
        #expect(throws: AuthenticationRejection.unknown) {
            try example.authenticator.principal(for: guess.revealed)
        }
    }

    @Test("is refused from the moment its key is revoked here")
    func revoked() async throws {
        let example = try await AccessExample()
        let made = try await example.make()
        _ = try example.authenticator.principal(for: made.key.revealed)
        #expect(try await example.revoke(made.record).state == .revoked)
        #expect(throws: AuthenticationRejection.revoked) {
            try example.authenticator.principal(for: made.key.revealed)
        }
        // Again changes nothing, and is no second event.
        #expect(try await example.revoke(made.record).state == .revoked)
        #expect(try example.events(BookID.first.restricted).map(\.type).last == "summa.access.key_revoked")
        #expect(try example.events(BookID.first.restricted).count == 2)
    }

    @Test("is refused within seconds after another process revoked its key")
    func revokedElsewhere() async throws {
        let example = try await AccessExample()
        let made = try await example.make()
        _ = try example.authenticator.principal(for: made.key.revealed)
        let elsewhere = Authenticator(database: example.database, clock: example.store.clock)
        _ = try await RevokeAPIKey(database: example.database, authenticator: elsewhere).run(
            .init(book: .first, key: made.record.id, context: EventContext(actor: "system:test")))
        example.store.clock.advance(by: .milliseconds(4_999))
        _ = try example.authenticator.principal(for: made.key.revealed)
        example.store.clock.advance(by: .milliseconds(1))
        #expect(throws: AuthenticationRejection.revoked) {
            try example.authenticator.principal(for: made.key.revealed)
        }
    }

    @Test("is not remembered longer because the clock was set back")
    func clockSetBack() async throws {
        let example = try await AccessExample()
        let made = try await example.make()
        _ = try example.authenticator.principal(for: made.key.revealed)
        let elsewhere = Authenticator(database: example.database, clock: example.store.clock)
        _ = try await RevokeAPIKey(database: example.database, authenticator: elsewhere).run(
            .init(book: .first, key: made.record.id, context: EventContext(actor: "system:test")))
        example.store.clock.advance(by: .minutes(-10))
        #expect(throws: AuthenticationRejection.revoked) {
            try example.authenticator.principal(for: made.key.revealed)
        }
    }
}
