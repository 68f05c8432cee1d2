import Testing

/// A thing the source tree must not contain: where, in which part of a file, and after which pattern.
///
/// A rule carries snippets it must refuse and snippets it must leave alone; `RuleTests` runs every rule on its own
/// snippets before it trusts its silence about the project.
struct Rule: Sendable, CustomTestStringConvertible {
    /// The part of a file a pattern is held against.
    enum Part: Sendable { case code, comments, literals }

    /// A place where the rule is lifted, and why. One that is no longer needed fails the tests.
    struct Allowance: Sendable {
        let path: String
        let reason: String
    }

    let says: String
    let part: Part
    /// A regular expression; `(?s)` and the like may stand in it.
    let pattern: String
    /// Whether the rule speaks about this path at all.
    let covers: @Sendable (String) -> Bool
    var allowances: [Allowance] = []
    /// Where the snippets below pretend to stand.
    let plantedAt: String
    let refuses: [String]
    let accepts: [String]

    var testDescription: String { says }

    /// Everything the rule refuses in these files, allowances already taken off.
    func findings(in files: [SourceFile]) throws -> [Finding] {
        try findingsBeforeAllowances(in: files).filter { finding in
            !allowances.contains { finding.path.hasPrefix($0.path) }
        }
    }

    /// Allowances under which nothing is refused any more.
    func needlessAllowances(in files: [SourceFile]) throws -> [Allowance] {
        guard !allowances.isEmpty else { return [] }
        let findings = try findingsBeforeAllowances(in: files)
        return allowances.filter { allowance in !findings.contains { $0.path.hasPrefix(allowance.path) } }
    }

    private func findingsBeforeAllowances(in files: [SourceFile]) throws -> [Finding] {
        let expression = try TidyTests.pattern(pattern)
        return files.filter { covers($0.path) }.flatMap { file in
            segments(of: file).flatMap { segment in
                segment.text.matches(of: expression).map { match in
                    let before = segment.text[..<match.range.lowerBound]
                    return Finding(
                        path: file.path, line: segment.line + before.utf8.count(where: { $0 == UInt8(ascii: "\n") }),
                        what: String(segment.text[match.range].prefix(80)))
                }
            }
        }
    }

    private func segments(of file: SourceFile) -> [SwiftText.Literal] {
        switch part {
        case .code: [.init(line: 1, text: file.swift.code)]
        case .comments: [.init(line: 1, text: file.swift.comments)]
        case .literals: file.swift.literals
        }
    }
}
