/// The kinds of disagreement between a file and the books, after the table of breaks. The names are for ever: they stand in
/// events.
package enum BreakClass: String, Hashable, Sendable, CaseIterable {
    /// The file has a line for which the books have nothing.
    case missingHere = "missing_here"
    /// The books have a movement which the file it was due in does not tell of.
    case missingThere = "missing_there"
    case amountDiffers = "amount_differs"
    case currencyDiffers = "currency_differs"
    /// A line more than there are movements: two equal lines are not one.
    case duplicateLine = "duplicate_line"
    /// The provider kept another fee than agreed.
    case feeDiffers = "fee_differs"
    /// The bank shows another amount than the provider sent.
    case remittanceDiffersBank = "remittance_differs_bank"
}

extension BreakClass {
    /// Whether the money of the line waits in suspense.
    package var isInSuspense: Bool {
        switch self {
        case .missingHere, .currencyDiffers, .duplicateLine: true
        case .missingThere, .amountDiffers, .feeDiffers, .remittanceDiffersBank: false
        }
    }
}
