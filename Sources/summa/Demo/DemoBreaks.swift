import JSON

/// What was planted against what was found: each difference by its class and by the name it has in the file, counted.
struct DemoBreaks {
    let planted: [Difference: Int]
    let found: [Difference: Int]

    struct Difference: Hashable, Comparable {
        let kind: String
        /// The line's own name, or the remittance's where the bank differs.
        let name: String

        static func < (left: Self, right: Self) -> Bool { (left.kind, left.name) < (right.kind, right.name) }
    }

    init(planted: [JSONValue], found: [JSONValue]) {
        self.planted = Self.counted(planted)
        self.found = Self.counted(found)
    }

    private static func counted(_ differences: [JSONValue]) -> [Difference: Int] {
        differences.reduce(into: [:]) { counts, difference in
            let kind = difference["class"]?.string ?? ""
            let line = kind == "remittance_differs_bank" ? nil : difference["provider_reference"]?.string
            counts[
                Difference(
                    kind: kind,
                    name: line ?? difference["remittance_reference"]?.string ?? difference["remittance"]?.string ?? ""),
                default: 0] += 1
        }
    }

    var areEqual: Bool { planted == found }
    var missed: [Difference] { Self.surplus(planted, over: found) }
    var extra: [Difference] { Self.surplus(found, over: planted) }

    private static func surplus(_ left: [Difference: Int], over right: [Difference: Int]) -> [Difference] {
        left.filter { $0.value > right[$0.key, default: 0] }.keys.sorted()
    }

    /// Counts by class, in the order of their names.
    static func byClass(_ counts: [Difference: Int]) -> [(kind: String, count: Int)] {
        counts.reduce(into: [String: Int]()) { $0[$1.key.kind, default: 0] += $1.value }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    var table: String {
        var table = TextTable(["break", "planted", "found"])
        let plantedCounts = Dictionary(uniqueKeysWithValues: Self.byClass(planted).map { ($0.kind, $0.count) })
        let foundCounts = Dictionary(uniqueKeysWithValues: Self.byClass(found).map { ($0.kind, $0.count) })
        for kind in Set(plantedCounts.keys).union(foundCounts.keys).sorted() {
            table.add([kind, "\(plantedCounts[kind] ?? 0)", "\(foundCounts[kind] ?? 0)"])
        }
        let details =
            missed.map { "  not found: \($0.kind) \($0.name)\n" }
            + extra.map { "  not planted: \($0.kind) \($0.name)\n" }
        return table.text + details.joined()
    }

    static func json(_ counts: [Difference: Int]) -> JSONValue {
        .object(byClass(counts).map { ($0.kind, JSONValue.integer(Int64($0.count))) })
    }
}
