import Testing

@Suite("Documents lead somewhere")
struct DocumentTests {
    private let planted = SourceTree(files: [
        SourceFile(path: "docs/a.md", text: "# One & two\n## Three\n```\n# Four\n```\n"),
        SourceFile(path: "Sources/Money/Amount.swift", text: ""),
    ])

    @Test("every link, and every path in code marks, is there")
    func projectKeeps() throws {
        let links = Links(tree: SourceTree.project)
        for document in SourceTree.project.documents {
            let broken = try links.broken(in: document)
            #expect(broken == [])
        }
    }

    @Test(
        "a link that leads nowhere is refused, with its line",
        arguments: [
            "[a](b.md)", "[a](../docs/c.md)", "[a](a.md#four)", "[a](#five)", "`Sources/Money/Gone.swift`",
            "[a](/docs/a.md)",
        ])
    func refuses(text: String) throws {
        let document = SourceFile(path: "docs/z.md", text: "x\n\(text)\n")
        #expect(try Links(tree: planted).broken(in: document).map(\.line) == [2])
    }

    @Test(
        "a link that leads somewhere is not",
        arguments: [
            "[a](a.md)", "[a](a.md#one--two)", "[a](a.md#three)", "[a](../Sources/Money)",
            "[a](https://example.com/b.md)",
            "`Sources/Money/Amount.swift`", "`Sources/Money`", "```\n[a](b.md)\n```", "# Five\n[a](#five)",
        ])
    func accepts(text: String) throws {
        let document = SourceFile(path: "docs/z.md", text: text)
        let tree = SourceTree(files: planted.files + [document])
        #expect(try Links(tree: tree).broken(in: document) == [])
    }
}
