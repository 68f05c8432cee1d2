import JSON

/// Rows of words in columns, for people. Numbers stand to the right.
struct TextTable {
    private let headings: [String]
    private var rows: [[String]] = []

    init(_ headings: [String]) {
        self.headings = headings
    }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    var isEmpty: Bool { rows.isEmpty }

    var text: String {
        let all = [headings] + rows
        let widths = headings.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        let numeric = headings.indices.map { column in
            let cells = rows.map { $0[column] }.filter { !$0.isEmpty }
            return cells.allSatisfy(Self.isNumber) && !cells.isEmpty
        }
        return all.map { cells in
            let padded = cells.indices.map { Self.pad(cells[$0], widths[$0], right: numeric[$0]) }
            return Self.trimmed(padded.joined(separator: "  ")) + "\n"
        }.joined()
    }

    private static func pad(_ cell: String, _ width: Int, right: Bool) -> String {
        let gap = String(repeating: " ", count: max(0, width - cell.count))
        return right ? gap + cell : cell + gap
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }

    private static func isNumber(_ cell: String) -> Bool {
        cell.allSatisfy { $0.isNumber || $0 == "-" || $0 == "." || $0 == "," }
    }
}

extension TextTable {
    /// One row for each object, one column for each of these members.
    init(_ objects: [JSONValue], _ members: [String]) {
        self.init(members)
        for object in objects { add(members.map { object[$0]?.cell ?? "" }) }
    }
}

extension JSONValue {
    /// A value as a table shows it.
    var cell: String {
        switch self {
        case .null: ""
        case .string(let text): text
        default: self.text
        }
    }
}
