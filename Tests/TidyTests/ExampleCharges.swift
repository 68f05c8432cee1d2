/// The rows of `examples/charges.csv`, and what is wrong with them: the columns and steps of `examples/README.md`.
struct ExampleCharges {
    static let columns = [
        "reference", "merchant", "amount", "currency", "payment_method", "capture", "platform_fee", "description",
        "follow_up",
    ]

    /// One order; a row with too few or too many fields has all its fields empty.
    struct Row {
        let line: Int
        private let fields: [String: String]

        init(line: Int, text: Substring) {
            self.line = line
            let values = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            fields = values.count == columns.count ? Dictionary(uniqueKeysWithValues: zip(columns, values)) : [:]
        }

        subscript(column: String) -> String { fields[column] ?? "" }
    }

    let heading: String
    let rows: [Row]

    init(text: String) {
        let lines = text.split(separator: "\n")
        heading = String(lines.first ?? "")
        rows = lines.dropFirst().enumerated().map { Row(line: $0 + 2, text: $1) }
    }

    var tokens: Set<String> { Set(rows.map { $0["payment_method"] }) }

    /// Rows that break a rule of their column, by line.
    func faults() throws -> [String] {
        let number = try pattern(#"^[1-9][0-9]{0,11}$"#)
        let name = try pattern(#"^[a-z0-9_-]{1,40}$"#)
        let step =
            #"(capture:(N|rest)|capture_final:N|void|void_racing_capture"#
            + #"|refund(_after_settlement)?:(N|full|rest)|act:(approved|declined))"#
        let steps = try pattern("^(\(step)(;\(step))*)?$".replacing("N", with: "[1-9][0-9]*"))
        return rows.flatMap { row in
            [
                ("reference", row["reference"].contains(name)),
                ("merchant", row["merchant"].contains(name)),
                ("amount", row["amount"].contains(number)),
                ("currency", ["EUR", "USD", "JPY", "KWD"].contains(row["currency"])),
                ("capture", ["automatic", "manual"].contains(row["capture"])),
                ("platform_fee", row["platform_fee"].isEmpty || row["platform_fee"].contains(number)),
                ("follow_up", row["follow_up"].contains(steps) && asksForNoMoreThanThereIs(row)),
            ].filter { !$0.1 }.map { "line \(row.line): \($0.0)" }
        }
    }

    private func asksForNoMoreThanThereIs(_ row: Row) -> Bool {
        let steps = row["follow_up"].split(separator: ";").map { $0.split(separator: ":").map(String.init) }
        let amount = Int64(row["amount"]) ?? 0
        return ["capture", "refund"].allSatisfy { verb in
            let asked = steps.filter { $0.count == 2 && $0[0].hasPrefix(verb) }.compactMap { Int64($0[1]) }
            return asked.reduce(0, +) <= amount
        }
    }
}
