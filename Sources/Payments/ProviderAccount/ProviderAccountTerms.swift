import EventLog
import JSON
import Ledger
import Money
import Storage

/// What a contract with a provider says.
package struct ProviderAccountTerms: Hashable, Sendable {
    package let capabilities: ProviderCapabilities
    /// In which the provider settles, and in which we therefore charge: sorted, at least one.
    package let currencies: [CurrencyCode]
    /// Our bank, at which its remittances arrive.
    package let bank: PathSegment

    /// - Throws: `noCurrency` or `minorUnitStep`.
    package init(
        capabilities: ProviderCapabilities, currencies: some Sequence<CurrencyCode>, bank: PathSegment
    ) throws(ProviderAccountRejection) {
        let currencies = Set(currencies).sorted()
        guard !currencies.isEmpty else { throw .noCurrency }
        if let step = capabilities.minorUnitSteps.values.first(where: { $0 < 1 }) { throw .minorUnitStep(step) }
        self.capabilities = capabilities
        self.currencies = currencies
        self.bank = bank
    }

    /// Steps in the order of their currencies.
    fileprivate var steps: [(currency: CurrencyCode, step: Int64)] {
        capabilities.minorUnitSteps.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

// MARK: As columns

extension ProviderAccountTerms {
    static let columns: [Column] =
        ProviderCapabilities.switches.map { .integer($0.name, check: "\($0.name) IN (0, 1)") } + [
            .text("fee_recognition", check: "fee_recognition IN ('capture', 'settlement', 'invoice')"),
            // `JPY:10 KRW:100`; a currency that is absent has 1.
            .text("minor_unit_steps"),
            .text("currencies", check: "length(currencies) > 0"),
            .text("bank"),
        ]

    func write(to columns: inout ColumnWriter) {
        for (_, path) in ProviderCapabilities.switches { columns.boolean(capabilities[keyPath: path]) }
        columns.text(capabilities.feeRecognition.rawValue)
        columns.text(steps.map { "\($0.currency):\($0.step)" }.joined(separator: " "))
        columns.text(currencies.map(\.description).joined(separator: " "))
        columns.text(bank.text)
    }

    init(from columns: inout ColumnReader) throws {
        var capabilities = ProviderCapabilities()
        for (_, path) in ProviderCapabilities.switches { capabilities[keyPath: path] = columns.boolean() }
        capabilities.feeRecognition = try columns.named("fee_recognition")
        capabilities.minorUnitSteps = try columns.parsed("minor_unit_steps", Self.steps)
        let currencies = try columns.parsed("currencies") { text in
            let codes = text.split(separator: " ")
            let known = codes.compactMap { CurrencyCode($0) }
            return known.count == codes.count ? known : nil
        }
        try self.init(
            capabilities: capabilities, currencies: currencies, bank: columns.parsed("bank") { PathSegment($0) })
    }

    private static func steps(_ text: String) -> [CurrencyCode: Int64]? {
        var steps: [CurrencyCode: Int64] = [:]
        for part in text.split(separator: " ") {
            let fields = part.split(separator: ":")
            guard fields.count == 2, let currency = CurrencyCode(fields[0]), let step = Int64(fields[1]) else {
                return nil
            }
            steps[currency] = step
        }
        return steps
    }
}

// MARK: In events

extension ProviderAccountTerms {
    static let fields =
        ProviderCapabilities.switches.map { EventField($0.name, .boolean, "whether the provider does it") } + [
            EventField(
                "fee_recognition", .oneOf(FeeRecognition.allCases.map(\.rawValue)), "when its fee is our expense"),
            EventField(
                "minor_unit_steps",
                .list(
                    .object([
                        EventField("currency", .text, "the currency's code"),
                        EventField("step", .integer, "of which amounts must be multiples, in minor units"),
                    ])), optional: true, "absent: 1 in all"),
            EventField("currencies", .list(.text), "in which it settles, and in which we charge"),
            EventField("bank", .text, "our bank, at which its remittances arrive"),
        ]

    func write(to data: inout JSONWriter) {
        for (name, path) in ProviderCapabilities.switches {
            data.field(named: name, .bool(capabilities[keyPath: path]))
        }
        data.field("fee_recognition", capabilities.feeRecognition.rawValue)
        if !steps.isEmpty {
            data.beginArray("minor_unit_steps")
            for (currency, step) in steps {
                data.beginObject()
                data.field("currency", currency.description)
                data.field("step", step)
                data.endObject()
            }
            data.endArray()
        }
        data.beginArray("currencies")
        for currency in currencies { data.element(currency.description) }
        data.endArray()
        data.field("bank", bank.text)
    }

    init(from data: inout JSONFields) throws {
        var capabilities = ProviderCapabilities()
        for (name, path) in ProviderCapabilities.switches { capabilities[keyPath: path] = try data.bool(name) }
        capabilities.feeRecognition = try data.logged("fee_recognition", FeeRecognition.init(rawValue:))
        for (place, element) in try (data.optionalArray("minor_unit_steps", maxCount: .max) ?? []).enumerated() {
            var fields = try JSONFields(element, at: data.path.member("minor_unit_steps").element(place))
            capabilities.minorUnitSteps[try fields.logged("currency") { CurrencyCode($0) }] = try fields.integer("step")
            try fields.finish()
        }
        let currencies = try data.array("currencies", maxCount: .max).map { element in
            guard let code = element.string.flatMap({ CurrencyCode($0) }) else { throw data.malformed("currencies") }
            return code
        }
        try self.init(capabilities: capabilities, currencies: currencies, bank: data.logged("bank") { PathSegment($0) })
    }
}

extension ProviderCapabilities {
    /// What a contract has or has not, by the name it has in rows and events.
    fileprivate static var switches: [(name: String, path: WritableKeyPath<ProviderCapabilities, Bool>)] {
        [
            ("partial_capture", \.partialCapture), ("multiple_capture", \.multipleCapture),
            ("over_capture", \.overCapture), ("partial_refund", \.partialRefund),
            ("void_after_capture", \.voidAfterCapture),
        ]
    }
}
