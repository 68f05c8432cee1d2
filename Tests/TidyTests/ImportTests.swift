import Testing

@Suite("Imports point down")
struct ImportTests {
    @Test("no target imports what its row does not name")
    func projectKeeps() throws {
        let forbidden = try Import.forbidden(in: SourceTree.project.sources, by: ImportTable.rows)
        #expect(forbidden == [])
    }

    @Test("every file that may import more still does")
    func allowancesAreNeeded() throws {
        let imports = try Import.all(in: SourceTree.project.sources)
        for allowance in ImportTable.allowances {
            #expect(
                imports.contains { $0.path == allowance.path && $0.module == allowance.module }, "\(allowance.because)")
        }
    }

    @Test("Package.swift declares exactly the arrows of the table")
    func manifestAgrees() throws {
        let manifest = try #require(SourceTree.project.file("Package.swift"))
        let declared = try DeclaredTargets(manifest: manifest.text).dependencies
        #expect(Set(declared.keys) == Set(ImportTable.rows.map(\.target)))
        for row in ImportTable.rows {
            #expect(declared[row.target] == row.ours, "\(row.target)")
        }
    }

    @Test("the arrows make no circle: each row names only rows above it")
    func noCircle() {
        var above: Set = ["CSQLite", "CPostgreSQL"]
        for row in ImportTable.rows {
            #expect(row.ours.isSubset(of: above), "\(row.target)")
            above.insert(row.target)
        }
    }

    @Test("the absences that matter are absent")
    func absences() {
        for absence in ImportTable.absences {
            let row = ImportTable.rows.first { $0.target == absence.target }
            #expect(row?.ours.contains(absence.never) == false, "\(absence.target): \(absence.because)")
        }
    }

    @Test(
        "an import is seen however it is written",
        arguments: [
            "import Vault", "  import Vault // why", "@testable import Vault", "@_spi(A) @preconcurrency import Vault",
            "package import Vault", "import struct Vault.CardNumber", "#if os(Linux)\nimport Vault\n#endif",
        ])
    func sees(text: String) throws {
        let file = SourceFile(path: "Sources/Payments/Planted.swift", text: text)
        #expect(try Import.forbidden(in: [file], by: ImportTable.rows).map(\.what) == ["Payments imports Vault"])
    }

    @Test(
        "what is allowed, or only prose, is not refused",
        arguments: [
            "import Money", "// import Vault", "let a = \"\nimport Vault\n\"", "func importVault()",
        ])
    func leavesAlone(text: String) throws {
        let file = SourceFile(path: "Sources/Payments/Planted.swift", text: text)
        #expect(try Import.forbidden(in: [file], by: ImportTable.rows) == [])
    }

    @Test("a target that is not in the table may import nothing")
    func unknownTarget() throws {
        let file = SourceFile(path: "Sources/Elsewhere/Planted.swift", text: "import Money")
        #expect(try Import.forbidden(in: [file], by: ImportTable.rows).count == 1)
    }

    @Test("a manifest is read in each of the ways targets are written in it")
    func readsManifest() throws {
        let manifest = """
            library("A"), library(
                "B", [
                    "A", crypto,
                ]), .executableTarget(
                name: "c", dependencies: ["A", "B"]), tests("BTests", ["B"])
            """
        #expect(try DeclaredTargets(manifest: manifest).dependencies == ["A": [], "B": ["A"], "c": ["A", "B"]])
    }
}
