import EventLog
import JSON
import Ledger
import Money
import Storage

package struct ProviderAccountCreated: EventContent, Hashable {
    package static let type = "summa.provider_account.created"
    package static let meaning = "A contract with a provider was registered."
    package static let subjectMeaning = "the provider account"
    package static let fields =
        [
            EventField("code", .text, "its name in account paths and charges"),
            EventField("provider", .text, "which provider it is with"),
        ] + ProviderAccountTerms.fields
    package static let example = ProviderAccountCreated(ProviderAccountEventExample.account)

    package let account: ProviderAccountID
    package let code: PathSegment
    package let provider: PathSegment
    package let terms: ProviderAccountTerms

    package var subject: String { account.description }

    package init(_ account: ProviderAccount) {
        self.account = account.id
        code = account.code
        provider = account.provider
        terms = account.terms
    }

    package func write(to data: inout JSONWriter) {
        data.field("code", code.text)
        data.field("provider", provider.text)
        terms.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        account = try ProviderAccountID(subject: subject)
        code = try data.logged("code") { PathSegment($0) }
        provider = try data.logged("provider") { PathSegment($0) }
        terms = try ProviderAccountTerms(from: &data)
    }
}

package struct ProviderAccountChanged: EventContent, Hashable {
    package static let type = "summa.provider_account.changed"
    package static let meaning =
        "Other terms were agreed with a provider, or its account was closed or reopened for charges."
    package static let subjectMeaning = "the provider account"
    package static let fields =
        [EventField("is_open", .boolean, "whether charges may name it")] + ProviderAccountTerms.fields
    package static let example = ProviderAccountChanged(ProviderAccountEventExample.account)

    package let account: ProviderAccountID
    package let isOpen: Bool
    package let terms: ProviderAccountTerms

    package var subject: String { account.description }

    package init(_ account: ProviderAccount) {
        self.account = account.id
        isOpen = account.isOpen
        terms = account.terms
    }

    package func write(to data: inout JSONWriter) {
        data.field("is_open", isOpen)
        terms.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        account = try ProviderAccountID(subject: subject)
        isOpen = try data.bool("is_open")
        terms = try ProviderAccountTerms(from: &data)
    }
}

/// A part of a connection that can be exchanged.
package enum ProviderConnectionPart: String, Hashable, Sendable, CaseIterable {
    case baseURL = "base_url"
    case credential
    case notificationSecret = "notification_secret"
}

package struct ProviderConnectionChanged: EventContent, Hashable {
    package static let type = "summa.provider_account.connection_changed"
    package static let meaning =
        "A provider is reached or believed in another way; what the address, credential or secret is, no event tells."
    package static let subjectMeaning = "the provider account"
    package static let fields = [
        EventField(
            "parts", .list(.oneOf(ProviderConnectionPart.allCases.map(\.rawValue))), "what was exchanged")
    ]
    package static let example = ProviderConnectionChanged(
        account: ProviderAccountEventExample.account.id, parts: [.credential, .notificationSecret])

    package let account: ProviderAccountID
    package let parts: [ProviderConnectionPart]

    package var subject: String { account.description }

    package init(account: ProviderAccountID, parts: [ProviderConnectionPart]) {
        self.account = account
        self.parts = parts
    }

    package func write(to data: inout JSONWriter) {
        data.beginArray("parts")
        for part in parts { data.element(part.rawValue) }
        data.endArray()
    }

    package init(subject: String, from data: inout JSONFields) throws {
        account = try ProviderAccountID(subject: subject)
        parts = try data.array("parts", maxCount: .max).map { element in
            guard let part = element.string.flatMap(ProviderConnectionPart.init(rawValue:)) else {
                throw data.malformed("parts")
            }
            return part
        }
    }
}

private enum ProviderAccountEventExample {
    static var account: ProviderAccount {
        guard let code = PathSegment("stripe_eu"), let provider = PathSegment("stripe"), let bank = PathSegment("main"),
            let euro = CurrencyCode("EUR"), let yen = CurrencyCode("JPY")
        else { preconditionFailure("the example's words are words") }
        var capabilities = ProviderCapabilities()
        capabilities.multipleCapture = true
        capabilities.minorUnitSteps = [yen: 10]
        do {
            let terms = try ProviderAccountTerms(capabilities: capabilities, currencies: [yen, euro], bank: bank)
            return ProviderAccount(
                id: ProviderAccountID(rawValue: 1 << 61), code: code, provider: provider, terms: terms,
                createdAt: Instant(microseconds: 1_774_945_364_123_456))
        } catch {
            preconditionFailure("the example is a contract: \(error)")
        }
    }
}
