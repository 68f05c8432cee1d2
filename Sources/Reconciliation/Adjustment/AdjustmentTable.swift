/// What an adjustment says of a difference.
package enum AdjustmentKind: String, Hashable, Sendable, CaseIterable {
    /// Row 30: the bank took its fee out of the transfer.
    case bankFee = "bank_fee"
    /// The provider took a fee nobody had agreed on, and it is borne.
    case providerFee = "provider_fee"
    /// Row 31.
    case rounding
    /// Row 32.
    case writeOff = "write_off"
    /// Row 33: money nobody recognised turned out to belong somewhere.
    case identified
    /// Row 33: nobody claimed it in time.
    case unclaimed
}

/// What a break may do, after the table of breaks: an adjustment is not the answer to most.
package enum AdjustmentTable {
    /// One thing that may be done, and under which conditions.
    package struct Entry: Hashable, Sendable {
        package let kind: AdjustmentKind
        package let sign: Sign
        package let limit: Limit

        fileprivate init(_ kind: AdjustmentKind, _ sign: Sign, _ limit: Limit = .none) {
            self.kind = kind
            self.sign = sign
            self.limit = limit
        }
    }

    /// Of which sign the open amount must be: a surplus is not written off.
    package enum Sign: Hashable, Sendable {
        case shortfall
        case either
    }

    package enum Limit: Hashable, Sendable {
        case none
        /// At most the tolerance of the provider account's terms.
        case tolerance
        /// Only when the break is as old as the terms' patience: never at first sight.
        case patience
        /// Only money from the bank; what a provider sent is cleared by finding the movement.
        case bankLine
    }

    package static func entry(_ kind: AdjustmentKind, for broken: BreakClass) -> Entry? {
        entries[broken, default: []].first { $0.kind == kind }
    }

    /// The likeliest first, the last resort last.
    package static func kinds(for broken: BreakClass) -> [AdjustmentKind] {
        entries[broken, default: []].map(\.kind)
    }

    private static let entries: [BreakClass: [Entry]] = [
        // Looked up, and cleared when the movement is found. Never straight to revenue.
        .missingHere: [Entry(.identified, .either, .bankLine), Entry(.unclaimed, .shortfall, .patience)],
        // The next file clears it; then a claim; written off at the very last.
        .missingThere: [Entry(.writeOff, .shortfall, .patience)],
        .amountDiffers: [
            Entry(.rounding, .either, .tolerance), Entry(.providerFee, .shortfall), Entry(.writeOff, .shortfall),
        ],
        // A conversion (row 26) or a claim, and neither is an adjustment.
        .currencyDiffers: [],
        // The provider takes it back. Never to the merchant.
        .duplicateLine: [],
        // The actual fee was expensed with the line: nothing is open in the books.
        .feeDiffers: [],
        .remittanceDiffersBank: [
            Entry(.rounding, .either, .tolerance), Entry(.bankFee, .shortfall), Entry(.writeOff, .shortfall),
        ],
    ]
}
