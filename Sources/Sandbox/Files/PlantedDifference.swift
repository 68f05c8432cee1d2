/// One difference put into a day's files on purpose, so that whoever reconciles them can be checked.
package struct PlantedDifference: Hashable, Sendable {
    package enum Class: String, CaseIterable, Sendable {
        case missingHere = "missing_here"
        case missingThere = "missing_there"
        case amountDiffers = "amount_differs"
        case currencyDiffers = "currency_differs"
        case duplicateLine = "duplicate_line"
        case feeDiffers = "fee_differs"
        case remittanceDiffersBank = "remittance_differs_bank"
    }

    /// What a file says, or should have said. A bank line has no fee.
    package struct Figure: Hashable, Sendable {
        package let amount: Int64
        package let fee: Int64?
        package let currency: String
    }

    package let `class`: Class
    /// The position in its file, counted from 1; nil for what is not in the file.
    package let line: Int?
    package let providerReference: String?
    package let providerPayment: String?
    package let reference: String?
    package let remittance: String
    package let expected: Figure?
    package let found: Figure?
}

extension PlantedDifference.Figure {
    init(_ item: SettlementItem) {
        self.init(amount: item.gross, fee: item.fee, currency: item.currency.code)
    }

    init(_ line: BankLine) {
        self.init(amount: line.amount, fee: nil, currency: line.currency.code)
    }
}
