/// An `import` line of a source file.
struct Import: Hashable, Sendable {
    let path: String
    let line: Int
    let module: String

    /// The target whose directory the file is in.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// All imports, with whatever attribute, access level or kind of declaration stands before the module's name.
    static func all(in files: [SourceFile]) throws -> [Import] {
        let expression = try pattern(
            #"^\s*(@\w+(\(\w+\))?\s+)*((public|package|internal|private|fileprivate)\s+)?import\s+"#
                + #"((struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(?<module>\w+)"#)
        return files.flatMap { file in
            file.swift.code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
                index, line in
                line.firstMatch(of: expression)?.text("module").map {
                    Import(path: file.path, line: index + 1, module: $0)
                }
            }
        }
    }

    /// What the table does not allow. A target without a row may import nothing.
    static func forbidden(in files: [SourceFile], by rows: [ImportTable.Row]) throws -> [Finding] {
        try all(in: files).filter { found in
            if ImportTable.allowances.contains(where: { $0.path == found.path && $0.module == found.module }) {
                return false
            }
            let row = rows.first { $0.target == found.target }
            return row.map { !$0.ours.contains(found.module) && !$0.others.contains(found.module) } ?? true
        }.map { Finding(path: $0.path, line: $0.line, what: "\($0.target) imports \($0.module)") }
    }
}

/// The dependencies that Package.swift declares between the targets of this package.
struct DeclaredTargets {
    let dependencies: [String: Set<String>]

    init(manifest: String) throws {
        let target = try pattern(
            #"(?s)(?:\blibrary\(\s*|\.executableTarget\(\s*name:\s*)"(?<name>\w+)""#
                + #"(?:,\s*(?:dependencies:\s*)?\[(?<list>[^\]]*)\])?"#)
        let quoted = try pattern(#""(?<module>\w+)""#)
        var found: [String: Set<String>] = [:]
        for match in manifest.matches(of: target) {
            guard let name = match.text("name") else { continue }
            let list = match.text("list") ?? ""
            found[name] = Set(list.matches(of: quoted).compactMap { $0.text("module") })
        }
        dependencies = found
    }
}
