/// Differences drawn by a seed over the lines of one day: at least one of each class that finds a line, never two on one line.
///
/// Only content is falsified. Sums still agree inside each file, and the bank follows the provider's file but where it is the
/// bank that differs: what a reader finds are breaks, not torn files.
package struct FaultPlan {
    /// The day as it will be told.
    package struct Outcome: Sendable {
        package let settlement: SettlementFile
        package let bankLines: [BankLine]
        package let planted: [PlantedDifference]
        /// Positions, in the true file, of the captures left out; the next day brings them.
        package let leftOut: Set<Int>
    }

    private var random: SplitMix

    package init(seed: UInt64) {
        random = SplitMix(seed: seed)
    }

    /// The files without differences.
    package static func faithful(_ file: SettlementFile) -> Outcome {
        Outcome(settlement: file, bankLines: bankLines(of: file), planted: [], leftOut: [])
    }

    /// The files with differences. An empty day stays empty.
    package mutating func plant(in file: SettlementFile) -> Outcome {
        guard !file.items.isEmpty else { return Self.faithful(file) }
        let falsifier = LineFalsifier(file: file)
        let faults = assign(over: file, by: falsifier)
        var rows = file.items.enumerated().flatMap { position, item in
            falsifier.rows(for: item, bearing: faults[position], by: &random)
        }
        for _ in 0..<1 + file.items.count / Self.linesForAStranger {
            rows.insert(falsifier.stranger(by: &random), at: random.index(below: rows.count + 1))
        }
        let told = SettlementFile(day: file.day, coversUntil: file.coversUntil, items: rows.compactMap(\.told))
        let (bankLines, shortfalls) = shorten(Self.bankLines(of: told))
        return Outcome(
            settlement: told, bankLines: bankLines, planted: planted(rows, day: file.day) + shortfalls,
            leftOut: Set(faults.filter { $0.value == .missingThere }.keys))
    }

    /// A remittance of nothing is not transferred.
    private static func bankLines(of file: SettlementFile) -> [BankLine] {
        file.remittances.filter { $0.net != 0 }.map(BankLine.init)
    }

    // MARK: Which line bears what

    private static let classesOfCharges: [PlantedDifference.Class] = [
        .missingThere, .amountDiffers, .currencyDiffers, .duplicateLine, .feeDiffers,
    ]
    private static let chargesForAnother = 100
    private static let linesForAStranger = 500

    /// One charge for each class, then one more for every hundred charges.
    private mutating func assign(
        over file: SettlementFile, by falsifier: LineFalsifier
    ) -> [Int: PlantedDifference.Class] {
        var charges = file.items.indices.filter { file.items[$0].kind == .charge }.shuffled(using: &random)
        var classes = Self.classesOfCharges.shuffled(using: &random)
        for _ in 0..<charges.count / Self.chargesForAnother {
            classes.append(Self.classesOfCharges[random.index(below: Self.classesOfCharges.count)])
        }
        var faults: [Int: PlantedDifference.Class] = [:]
        for fault in classes where !charges.isEmpty {
            // Rather a line whose digits can move to a currency that is in the file anyway.
            let movable = charges.firstIndex { !falsifier.siblings(of: file.items[$0]).isEmpty }
            faults[charges.remove(at: fault == .currencyDiffers ? movable ?? 0 : 0)] = fault
        }
        return faults
    }

    // MARK: The bank

    /// One transfer, or one in three, arrives short: by a minor unit (rounding) or by up to half a major one (a bank's fee).
    private mutating func shorten(_ lines: [BankLine]) -> (lines: [BankLine], planted: [PlantedDifference]) {
        var lines = lines
        var planted: [PlantedDifference] = []
        let order = lines.indices.filter { lines[$0].amount > 1 }.shuffled(using: &random)
        for position in order.prefix(max(1, lines.count / 3)).sorted() {
            let sent = lines[position]
            let fee = random.number(in: 1...max(1, sent.currency.unitsPerMajor / 2))
            lines[position].amount -= random.coin() ? 1 : min(fee, sent.amount - 1)
            planted.append(
                PlantedDifference(
                    class: .remittanceDiffersBank, line: position + 1, providerReference: nil, providerPayment: nil,
                    reference: nil, remittance: sent.remittance, expected: .init(sent), found: .init(lines[position])))
        }
        return (lines, planted)
    }

    // MARK: The list

    private func planted(_ rows: [FaultyRow], day: BusinessDay) -> [PlantedDifference] {
        var line = 0
        return rows.compactMap { row in
            if row.told != nil { line += 1 }
            return row.planted(line: line, day: day)
        }
    }
}
