/// What is true of one movement beside what its line will say.
struct FaultyRow {
    /// Nil for a line of nobody's payment.
    let `true`: SettlementItem?
    /// Nil for a movement left out.
    let told: SettlementItem?
    let fault: PlantedDifference.Class?

    /// The entry of the planted list, or nil for a faithful row. A repeated line was not expected at all.
    func planted(line: Int, day: BusinessDay) -> PlantedDifference? {
        guard let fault, let shown = told ?? `true` else { return nil }
        return PlantedDifference(
            class: fault, line: told == nil ? nil : line, providerReference: shown.providerReference,
            providerPayment: shown.providerPayment, reference: shown.reference,
            remittance: Remittance(day: day, currency: shown.currency).id,
            expected: fault == .duplicateLine ? nil : `true`.map(PlantedDifference.Figure.init),
            found: told.map(PlantedDifference.Figure.init))
    }
}
