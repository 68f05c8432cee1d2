import Testing

@Suite("The source tree keeps its rules")
struct RuleTests {
    @Test("a rule refuses what is planted for it, at its line", arguments: Rule.all)
    func refusesWhatIsPlanted(rule: Rule) throws {
        for snippet in rule.refuses {
            let file = SourceFile(path: rule.plantedAt, text: "\n\(snippet)\n")
            let findings = try rule.findings(in: [file])
            #expect(!findings.isEmpty, "not refused: \(snippet)")
            #expect(findings.allSatisfy { $0.line == 2 })
        }
    }

    @Test("a rule leaves alone what only looks alike", arguments: Rule.all)
    func acceptsWhatLooksAlike(rule: Rule) throws {
        for snippet in rule.accepts {
            let findings = try rule.findings(in: [SourceFile(path: rule.plantedAt, text: snippet)])
            #expect(findings == [])
        }
    }

    @Test("nothing in the project breaks the rule", arguments: Rule.all)
    func projectKeeps(rule: Rule) throws {
        let findings = try rule.findings(in: SourceTree.project.swiftFiles)
        #expect(findings == [])
    }

    @Test("every allowance is still needed", arguments: Rule.all)
    func allowancesAreNeeded(rule: Rule) throws {
        let needless = try rule.needlessAllowances(in: SourceTree.project.swiftFiles)
        #expect(needless.map(\.path) == [])
    }

    @Test("an allowance lifts its rule under its path, and is needless elsewhere")
    func allowanceLifts() throws {
        let rule = Rule(
            says: "no x", part: .code, pattern: #"\bx\b"#, covers: { _ in true },
            allowances: [.init(path: "Sources/A/", reason: "a test")], plantedAt: "", refuses: [], accepts: [])
        let lifted = SourceFile(path: "Sources/A/a.swift", text: "x")
        let bound = SourceFile(path: "Sources/AB/b.swift", text: "x")
        #expect(try rule.findings(in: [lifted, bound]).map(\.path) == ["Sources/AB/b.swift"])
        #expect(try rule.needlessAllowances(in: [bound]).count == 1)
        #expect(try rule.needlessAllowances(in: [lifted]).isEmpty)
    }

    @Test("the tree that is read is this project, not an empty directory")
    func treeIsThere() {
        #expect(SourceTree.project.sources.count > 10)
        #expect(SourceTree.project.file("Tests/TidyTests/RuleTests.swift") != nil)
        #expect(!SourceTree.project.files.contains { $0.path.hasPrefix(".build") || $0.path.hasPrefix(".git/") })
    }
}
