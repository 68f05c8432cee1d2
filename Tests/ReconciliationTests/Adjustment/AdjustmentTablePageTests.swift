import SummaTestKit
import Testing

@testable import Reconciliation

/// The page's table is made from the code's, so that it cannot say anything else.
@Suite("The page of reconciliation")
struct AdjustmentTablePageTests {
    @Test("has the table of adjustments the code has")
    func table() throws {
        let page = try #require(try ProjectFile(path: "docs/reconciliation.md").text)
        #expect(page.contains(Self.table), "\(Self.table)")
    }

    @Test("names every class of break and every kind of adjustment")
    func complete() throws {
        let page = try #require(try ProjectFile(path: "docs/reconciliation.md").text)
        for name in BreakClass.allCases.map(\.rawValue) + AdjustmentKind.allCases.map(\.rawValue) {
            #expect(page.contains("`\(name)`"), "\(name)")
        }
    }

    private static let table =
        "| Break | Adjustment | Of | Only |\n|---|---|---|---|\n"
        + BreakClass.allCases.flatMap { broken in
            AdjustmentTable.kinds(for: broken).compactMap { AdjustmentTable.entry($0, for: broken) }.map {
                "| `\(broken.rawValue)` | `\($0.kind.rawValue)` | \(words($0.sign)) | \(words($0.limit)) |\n"
            }
        }.joined()

    private static func words(_ sign: AdjustmentTable.Sign) -> String {
        switch sign {
        case .shortfall: "a shortfall"
        case .either: "either"
        }
    }

    private static func words(_ limit: AdjustmentTable.Limit) -> String {
        switch limit {
        case .none: ""
        case .tolerance: "within the tolerance"
        case .patience: "after the patience"
        case .bankLine: "money at our bank"
        }
    }
}
