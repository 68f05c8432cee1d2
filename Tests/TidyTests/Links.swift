import Foundation

/// The links and file names in a Markdown document, and which of them lead nowhere.
struct Links {
    let tree: SourceTree
    /// Every file and every directory that holds one.
    private let paths: Set<String>

    init(tree: SourceTree) {
        self.tree = tree
        var paths: Set<String> = []
        for file in tree.files {
            var path = file.path[...]
            while !path.isEmpty, paths.insert(String(path)).inserted {
                path = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
            }
        }
        self.paths = paths
    }

    /// Links to files or headings that are not there, and paths in code marks that name no file.
    func broken(in document: SourceFile) throws -> [Finding] {
        let link = try pattern(#"\[[^\]\n]*\]\((?<target>[^)\s]+)\)"#)
        let named = try pattern(#"`(?<target>(Sources|Tests|docs|scripts|examples)/[\w./-]*\w)`"#)
        return Self.proseLines(of: document.text).flatMap { number, line in
            let targets = line.matches(of: link).compactMap { $0.text("target") }
                .filter { !leads($0, from: document) }
            let names = line.matches(of: named).compactMap { $0.text("target") }
                .filter { !paths.contains($0) }
            return (targets + names).map { Finding(path: document.path, line: number, what: "leads nowhere: \($0)") }
        }
    }

    private func leads(_ target: String, from document: SourceFile) -> Bool {
        if target.contains("://") || target.hasPrefix("mailto:") { return true }
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let path = parts[0].isEmpty ? document.path : Self.resolve(parts[0], beside: document.path)
        guard paths.contains(path) else { return false }
        guard parts.count == 2, let file = tree.file(path) else { return parts.count == 1 }
        return Self.anchors(of: file.text).contains(parts[1])
    }

    /// `../a/b.md` beside `docs/x/y.md` is `docs/a/b.md`.
    static func resolve(_ target: String, beside document: String) -> String {
        var steps = document.split(separator: "/").dropLast().map(String.init)
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(String(step)) }
        }
        return steps.joined(separator: "/")
    }

    /// What a heading is called in a link: lower case, blanks as hyphens, without punctuation.
    static func anchors(of text: String) -> Set<String> {
        Set(
            proseLines(of: text).filter { $0.line.hasPrefix("#") }.map { heading in
                heading.line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
                    .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
                    .replacing(" ", with: "-")
            })
    }

    /// The numbered lines outside fenced code.
    private static func proseLines(of text: String) -> [(number: Int, line: Substring)] {
        var isFenced = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            if line.trimmingCharacters(in: .whitespaces).hasPrefix("```") {
                isFenced.toggle()
                return nil
            }
            return isFenced ? nil : (index + 1, line)
        }
    }
}
