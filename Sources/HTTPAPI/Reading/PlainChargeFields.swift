import JSON
import Ledger
import Money
import Payments

extension ChargeFields {
    /// Reads the body of a call: without a tree where it is as plain as nearly all are.
    init(of call: Call, in currencies: CurrencyRegistry) throws {
        if let plain = ChargeFields(plain: call.body, in: currencies) {
            self = plain
        } else {
            var fields = try call.fields()
            try self.init(&fields, in: currencies)
        }
    }

    /// Nil for a body that is unusual in any way: what it says, or what is wrong with it, is then told by the reader that
    /// has the last word.
    init?(plain body: [UInt8], in currencies: CurrencyRegistry) {
        var members = PlainChargeMembers()
        let isPlain = body.withUnsafeBytes { bytes in
            PlainJSONObject.scan(bytes) { name, value in members.take(name, value) }
        }
        guard isPlain, let minorUnits = members.amount, minorUnits > 0,
            let currency = members[.currency].flatMap({ try? currencies.currency($0) }),
            let method = members[.paymentMethod].flatMap(PaymentMethodToken.init(_:))
        else { return nil }
        amount = Amount(minorUnits: minorUnits, currency: currency)
        self.method = method
        platformFee = members.platformFee.map { Amount(minorUnits: $0, currency: currency) }
        description = members[.description]
        metadata = []
        guard let merchant = members.read(.merchant, { PathSegment($0) }),
            let providerAccount = members.read(.providerAccount, { PathSegment($0) }),
            let captureMode = members.read(.capture, CaptureMode.init(rawValue:)),
            let reference = members.read(.reference, ExternalID.init(_:))
        else { return nil }
        self.merchant = merchant
        self.providerAccount = providerAccount
        self.captureMode = captureMode ?? .automatic
        self.reference = reference
    }
}

/// The members of a plain charge, each at most once.
private struct PlainChargeMembers {
    enum Text: Int, CaseIterable {
        case currency, paymentMethod, merchant, providerAccount, capture, reference, description

        var name: StaticString {
            switch self {
            case .currency: "currency"
            case .paymentMethod: "payment_method"
            case .merchant: "merchant"
            case .providerAccount: "provider_account"
            case .capture: "capture"
            case .reference: "reference"
            case .description: "description"
            }
        }

        /// In bytes, which are characters here. A longer text is left to the other reader.
        var lengthMax: Int {
            switch self {
            case .currency: 16
            case .description: ChargeFields.descriptionLengthMax
            default: 128
            }
        }
    }

    private(set) var amount: Int64?
    private(set) var platformFee: Int64?
    private var texts = [String?](repeating: nil, count: Text.allCases.count)

    subscript(member: Text) -> String? { texts[member.rawValue] }

    /// Nil where the member is there and cannot be read; a member that is not there is read as nothing.
    func read<Value>(_ member: Text, _ read: (String) -> Value?) -> Value?? {
        guard let text = self[member] else { return .some(nil) }
        return read(text).map(Optional.some)
    }

    /// False for what is not as plain as this.
    mutating func take(_ name: UnsafeRawBufferPointer, _ value: PlainJSONObject.Value) -> Bool {
        switch value {
        case .integer(let number):
            if name.is("amount"), amount == nil {
                amount = number
            } else if name.is("platform_fee"), platformFee == nil {
                platformFee = number
            } else {
                return false
            }
            return true
        case .text(let bytes):
            guard let member = Text.allCases.first(where: { name.is($0.name) }), self[member] == nil,
                bytes.count <= member.lengthMax
            else { return false }
            let text = String(decoding: bytes, as: UTF8.self)
            guard !CardNumberScreen.containsCardNumber(text) else { return false }
            texts[member.rawValue] = text
            return true
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func `is`(_ name: StaticString) -> Bool {
        elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}
