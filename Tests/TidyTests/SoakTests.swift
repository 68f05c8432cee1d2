import Foundation
import Testing

/// Test files with tests that are longer in `make soak`, or run there only, and that its filter leaves out: by suites, which
/// are named as their files are.
func unsoaked(in files: [SourceFile], makefile: SourceFile) throws -> [Finding] {
    let setting = try pattern(#"(?m)^soaked := (?<suites>\S+)$"#)
    guard let suites = makefile.text.firstMatch(of: setting)?.text("suites") else {
        return [Finding(path: makefile.path, line: 1, what: "names no suites to soak")]
    }
    let filter = try pattern("(\(suites))[A-Za-z]*Tests\\.swift$")
    let marks = ["Soak.is" + "Requested", "SUMMA_" + "SOAK", "SeededGenerator." + "seeds("]
    return files.filter { file in
        file.path.hasPrefix("Tests/") && marks.contains { file.text.contains($0) } && !file.name.contains(filter)
    }.map { Finding(path: $0.path, line: 1, what: "is not among the suites to soak") }
}

@Suite("make soak")
struct SoakTests {
    private let makefile = SourceFile(path: "Makefile", text: "soaked := Storm|Walk\n")

    @Test("reaches every test that is longer there, or runs there only")
    func all() throws {
        let tree = SourceTree.project
        let makefile = try #require(tree.file("Makefile"))
        #expect(try unsoaked(in: tree.swiftFiles, makefile: makefile) == [])
    }

    @Test(
        "is found to leave a test out, and only that",
        arguments: ["Soak.is" + "Requested", "SeededGenerator." + "seeds(3)"])
    func leftOut(mark: String) throws {
        let files = ["StormTests", "WalkCrashTests", "OtherTests"].map {
            SourceFile(path: "Tests/ATests/\($0).swift", text: mark)
        }
        let plain = SourceFile(path: "Tests/ATests/PlainTests.swift", text: "seeds: 3")
        #expect(try unsoaked(in: files + [plain], makefile: makefile).map(\.path) == ["Tests/ATests/OtherTests.swift"])
        let nameless = SourceFile(path: "Makefile", text: "soak:\n")
        #expect(try unsoaked(in: files, makefile: nameless).map(\.path) == ["Makefile"])
    }
}
