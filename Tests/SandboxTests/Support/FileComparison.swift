import JSON
import Sandbox
import Testing

/// Finds the differences between the files told and the faithful one, knowing nothing of how they were planted.
struct FileComparison {
    /// What both lists have of a difference.
    struct Difference: Hashable {
        let kind: String
        let reference: String?
        let line: Int64?
        let expected: [String]
        let found: [String]
    }

    let faithful: ReadFile
    let told: ReadFile
    let bank: ReadFile

    var differences: [Difference] {
        get throws { try linesAdded() + linesMissing() + linesChanged() + bankDifferences() }
    }

    private func figure(_ item: ReadFile.Record) throws -> [String] {
        [String(try ReadFile.minor(item["gross"])), String(try ReadFile.minor(item["fee"])), item["currency"] ?? ""]
    }

    private func line(_ item: ReadFile.Record) -> Int64? { item["line"].flatMap { Int64($0) } }

    /// Lines nobody expected: of an unknown reference, or the second of a known one.
    private func linesAdded() throws -> [Difference] {
        var left = Dictionary(grouping: faithful.items) { $0["provider_reference"] }.mapValues(\.count)
        return try told.items.compactMap { item in
            let reference = item["provider_reference"]
            guard let count = left[reference] else {
                return Difference(
                    kind: "missing_here", reference: reference, line: line(item), expected: [], found: try figure(item))
            }
            left[reference] = count - 1
            guard count == 0 else { return nil }
            return Difference(
                kind: "duplicate_line", reference: reference, line: line(item), expected: [], found: try figure(item))
        }
    }

    private func linesMissing() throws -> [Difference] {
        let present = Set(told.items.map { $0["provider_reference"] })
        return try faithful.items.filter { !present.contains($0["provider_reference"]) }.map { item in
            Difference(
                kind: "missing_there", reference: item["provider_reference"], line: nil, expected: try figure(item),
                found: [])
        }
    }

    private func linesChanged() throws -> [Difference] {
        let expected = Dictionary(faithful.items.map { ($0["provider_reference"], $0) }) { first, _ in first }
        return try told.items.compactMap { item in
            guard let known = expected[item["provider_reference"]] else { return nil }
            let kinds = [("gross", "amount_differs"), ("fee", "fee_differs"), ("currency", "currency_differs")]
            let changed = kinds.filter { item[$0.0] != known[$0.0] }
            guard let kind = changed.first?.1 else { return nil }
            #expect(changed.count == 1, "one line bears one difference")
            return Difference(
                kind: kind, reference: item["provider_reference"], line: line(item), expected: try figure(known),
                found: try figure(item))
        }
    }

    private func bankDifferences() throws -> [Difference] {
        try told.records("remittance").compactMap { remittance in
            let position = bank.records("line").firstIndex { $0["remittance"] == remittance["remittance"] }
            guard let position else {
                #expect(try ReadFile.minor(remittance["net"]) == 0)
                return nil
            }
            let arrived = bank.records("line")[position]["amount"]
            guard arrived != remittance["net"] else { return nil }
            let currency = remittance["currency"] ?? ""
            return Difference(
                kind: "remittance_differs_bank", reference: nil, line: Int64(position + 1),
                expected: [String(try ReadFile.minor(remittance["net"])), currency],
                found: [String(try ReadFile.minor(arrived)), currency])
        }
    }
}

extension FileComparison.Difference {
    init(_ planted: PlantedDifference) {
        func texts(_ figure: PlantedDifference.Figure?) -> [String] {
            guard let figure else { return [] }
            return [String(figure.amount)] + (figure.fee.map { [String($0)] } ?? []) + [figure.currency]
        }
        self.init(
            kind: planted.class.rawValue, reference: planted.providerReference, line: planted.line.map(Int64.init),
            expected: texts(planted.expected), found: texts(planted.found))
    }

    init?(json planted: JSONValue) {
        func texts(_ figure: JSONValue?) -> [String] {
            guard let figure else { return [] }
            let numbers = [figure["amount"]?.integer, figure["fee"]?.integer].compactMap(\.self).map { String($0) }
            return numbers + [figure["currency"]?.string ?? ""]
        }
        guard let kind = planted["class"]?.string else { return nil }
        self.init(
            kind: kind, reference: planted["provider_reference"]?.string, line: planted["line"]?.integer,
            expected: texts(planted["expected"]), found: texts(planted["found"]))
    }
}
