import Foundation

/// The example's day with fewer ordinary orders: every behaviour is in it, and it ends sooner.
enum ShortDay {
    static let plainOrderCount = 40

    /// Writes the file, and answers how many orders are in it.
    static func write(to path: String) throws -> Int {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("examples/charges.csv"), encoding: .utf8)
        let lines = text.split(separator: "\n")
        var plainCount = 0
        let kept = lines.dropFirst().filter { line in
            guard line.contains(",pm_approve,automatic,"), line.hasSuffix(",") else { return true }
            plainCount += 1
            return plainCount <= plainOrderCount
        }
        try ([lines[0]] + kept).map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
        return kept.count
    }
}
