import Ledger
import Storage

/// A fact, and the randomness that keeping its private part takes.
package struct HeardFact: Sendable {
    package let fact: ProviderFact
    /// Where the payer has to go, if the fact says so.
    let address: PrivateTextDraft?
    /// Of a capture these books have forgotten asking for: that none follows it.
    let isFinalCapture: Bool

    package init(_ fact: ProviderFact, isFinalCapture: Bool = false, random: some RandomSource) {
        var address: PrivateTextDraft?
        if case .actionRequired(let action) = fact.statement, let url = action.url {
            address = PrivateTextDraft(.nextActionURL, url, random: random)
        }
        self.init(fact, address: address, isFinalCapture: isFinalCapture)
    }

    init(_ fact: ProviderFact, address: PrivateTextDraft?, isFinalCapture: Bool = false) {
        self.fact = fact
        self.address = address
        self.isFinalCapture = isFinalCapture
    }

    /// What recording it will look for.
    package func expectedKeys(at account: PathSegment) -> [ExpectedKey] {
        var keys: [ExpectedKey] = []
        if let command = fact.operationReference.flatMap(ProviderCommandID.init(text:)) {
            keys.append(.row(PaymentRow.self, PaymentID(rawValue: command.rawValue)))
            keys.append(.row(PaymentOperation.self, PaymentOperationID(rawValue: command.rawValue)))
            keys.append(.row(ProviderCommandRow.self, command))
        } else if let reference = fact.paymentReference {
            keys.append(.row(PaymentReference.self, PaymentReference.key(of: reference, at: account)))
        }
        return keys
    }
}
