import Testing

/// The records in `docs/decisions`, by number.
struct DecisionRecords {
    static let directory = "docs/decisions/"

    let files: [SourceFile]
    let index: String

    init(tree: SourceTree) {
        files = tree.documents.filter { $0.path.hasPrefix(Self.directory) && $0.name != "README.md" }
        index = tree.file(Self.directory + "README.md")?.text ?? ""
    }

    /// Numbers that two records share or that were skipped, records the index forgets, and sections left out.
    var faults: [String] {
        let numbered = files.filter { Int($0.name.prefix(4)) != nil }.sorted { $0.name < $1.name }
        let misnumbered = zip(numbered, 1...).filter { Int($0.name.prefix(4)) != $1 }.map {
            "\($0.name) is not number \($1)"
        }
        let unlisted = numbered.filter { !index.contains("(\($0.name))") }.map { "\($0.name) is not in the index" }
        let incomplete = numbered.flatMap { record in
            ["Context", "Choice", "Turned down", "What would change our mind"]
                .filter { !record.text.contains("\n## \($0)\n") }.map { "\(record.name) has no section “\($0)”" }
        }
        return misnumbered + unlisted + incomplete
    }
}

@Suite("Decisions are recorded")
struct DecisionTests {
    private let sections = "\n## Context\n\n## Choice\n\n## Turned down\n\n## What would change our mind\n"

    @Test("each record has its number, its line in the index and all its sections")
    func projectKeeps() {
        let records = DecisionRecords(tree: SourceTree.project)
        #expect(!records.files.isEmpty)
        #expect(records.faults == [])
    }

    @Test("a number used twice or skipped, a forgotten line and a missing section are refused")
    func refuses() {
        let tree = SourceTree(files: [
            SourceFile(path: "docs/decisions/README.md", text: "[a](0001-a.md) [b](0001-b.md) [e](0005-e.md)"),
            SourceFile(path: "docs/decisions/0001-a.md", text: sections),
            SourceFile(path: "docs/decisions/0001-b.md", text: sections),
            SourceFile(path: "docs/decisions/0003-c.md", text: sections),
            SourceFile(path: "docs/decisions/0005-e.md", text: "\n## Context\n"),
        ])
        #expect(DecisionRecords(tree: tree).faults.count == 6)
    }
}
