import EventLog
import JSON
import Money

package struct BookOpened: EventContent, Hashable {
    package static let type = "summa.book.opened"
    package static let meaning = "A book was opened for payments, as a test book or a live one for ever."
    package static let subjectMeaning = "the book's name"
    package static let fields =
        [EventField("mode", .oneOf(BookMode.allCases.map(\.rawValue)), "what it is for")] + BookPolicies.fields
    package static let example = BookOpened(
        book: "main", settings: BookSettings(mode: .test, merchantDebt: BookPolicies.example))

    package let book: String
    package let settings: BookSettings

    package var subject: String { book }

    package init(book: String, settings: BookSettings) {
        self.book = book
        self.settings = settings
    }

    package func write(to data: inout JSONWriter) {
        data.field("mode", settings.mode.rawValue)
        BookPolicies.write(settings.merchantDebt, to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        book = subject
        settings = BookSettings(
            mode: try data.logged("mode", BookMode.init(rawValue:)), merchantDebt: try BookPolicies.read(from: &data))
    }
}

package struct BookChanged: EventContent, Hashable {
    package static let type = "summa.book.changed"
    package static let meaning = "The policies of a book were replaced by these."
    package static let subjectMeaning = "the book's name"
    package static let fields = BookPolicies.fields
    package static let example = BookChanged(book: "main", merchantDebt: BookPolicies.example)

    package let book: String
    package let merchantDebt: MerchantDebtPolicy

    package var subject: String { book }

    package init(book: String, merchantDebt: MerchantDebtPolicy) {
        self.book = book
        self.merchantDebt = merchantDebt
    }

    package func write(to data: inout JSONWriter) {
        BookPolicies.write(merchantDebt, to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        book = subject
        merchantDebt = try BookPolicies.read(from: &data)
    }
}

/// What both events say of a book's policies.
private enum BookPolicies {
    static let fields = [
        EventField(
            "merchant_debt", .list(.object(LoggedAmounts.fields)), optional: true,
            "how much a merchant may owe us by requests of ours, for each currency; absent: nothing in any")
    ]
    static let example =
        MerchantDebtPolicy.allow([Amount(minorUnits: 50_000, currency: .eur)]) ?? MerchantDebtPolicy.refuse

    static func write(_ debt: MerchantDebtPolicy, to data: inout JSONWriter) {
        LoggedAmounts.write(debt.limits, "merchant_debt", to: &data)
    }

    static func read(from data: inout JSONFields) throws -> MerchantDebtPolicy {
        let limits = try LoggedAmounts.read("merchant_debt", from: &data)
        guard let policy = MerchantDebtPolicy.allow(limits) else { throw data.malformed("merchant_debt") }
        return policy
    }
}
