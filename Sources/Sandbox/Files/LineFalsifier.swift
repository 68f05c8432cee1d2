/// Makes one line of a file say something else than what is true.
struct LineFalsifier {
    let file: SettlementFile

    /// What stands in the file for one movement: usually one row, two where it is told twice.
    func rows(
        for item: SettlementItem, bearing fault: PlantedDifference.Class?, by random: inout SplitMix
    ) -> [FaultyRow] {
        let faithful = FaultyRow(true: item, told: item, fault: nil)
        switch fault {
        case .missingThere: return [FaultyRow(true: item, told: nil, fault: fault)]
        case .duplicateLine: return [faithful, FaultyRow(true: item, told: item, fault: fault)]
        case .amountDiffers: return [FaultyRow(true: item, told: withOtherAmount(item, by: &random), fault: fault)]
        case .currencyDiffers: return [FaultyRow(true: item, told: withOtherCurrency(item, by: &random), fault: fault)]
        case .feeDiffers: return [FaultyRow(true: item, told: withOtherFee(item, by: &random), fault: fault)]
        case .missingHere, .remittanceDiffersBank, nil: return [faithful]
        }
    }

    /// A charge for a payment that never was, of an amount like any other.
    func stranger(by random: inout SplitMix) -> FaultyRow {
        let model = file.items[random.index(below: file.items.count)]
        let unit = model.currency.unitsPerMajor
        let gross = random.number(in: unit...200 * unit)
        let told = SettlementItem(
            kind: .charge, providerReference: "cap_" + Base32.text(random.next()),
            providerPayment: "auth_" + Base32.text(random.next()), reference: "ref-" + Base32.text(random.next()),
            occurredAt: model.occurredAt, gross: gross, fee: ProviderFee.ofCharge(gross, in: model.currency),
            currency: model.currency)
        return FaultyRow(true: nil, told: told, fault: .missingHere)
    }

    /// Other currencies of the file with as many digits.
    func siblings(of item: SettlementItem) -> [SandboxCurrency] {
        file.remittances.map(\.currency).filter { Self.differ($0, item.currency) }
    }

    /// Up to a tenth more or less, never nothing.
    private func withOtherAmount(_ item: SettlementItem, by random: inout SplitMix) -> SettlementItem {
        var told = item
        let difference = random.number(in: 1...max(1, item.gross / 10))
        told.gross += item.gross > difference && random.coin() ? -difference : difference
        return told
    }

    private func withOtherFee(_ item: SettlementItem, by random: inout SplitMix) -> SettlementItem {
        var told = item
        told.fee += random.number(in: 1...max(1, item.fee))
        return told
    }

    /// The same digits in another currency, one of the file's if it has one.
    private func withOtherCurrency(_ item: SettlementItem, by random: inout SplitMix) -> SettlementItem {
        var told = item
        let near = siblings(of: item)
        let choices = near.isEmpty ? SandboxCurrency.all.filter { Self.differ($0, item.currency) } : near
        told.currency = choices[random.index(below: choices.count)]
        return told
    }

    private static func differ(_ one: SandboxCurrency, _ other: SandboxCurrency) -> Bool {
        one != other && one.exponent == other.exponent
    }
}
