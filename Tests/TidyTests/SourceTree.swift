import Foundation

/// One file of the project, by its path below the root (`Sources/Money/Amount.swift`).
struct SourceFile: Sendable {
    let path: String
    let text: String
    /// The text taken apart as Swift; nothing for any other kind of file.
    let swift: SwiftText

    init(path: String, text: String) {
        self.path = path
        self.text = text
        swift = SwiftText(path.hasSuffix(".swift") ? text : "")
    }

    var name: String { String(path.split(separator: "/").last ?? "") }
    var lineCount: Int { text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) }
}

/// Something a rule refuses, with the place where it stands.
struct Finding: Hashable, Sendable, CustomStringConvertible {
    let path: String
    let line: Int
    let what: String

    var description: String { "\(path):\(line): \(what)" }
}

/// The project as it lies on disk: every text file except what was built, fetched or left behind by a run.
struct SourceTree: Sendable {
    let files: [SourceFile]

    var swiftFiles: [SourceFile] { files.filter { $0.path.hasSuffix(".swift") } }
    var documents: [SourceFile] { files.filter { $0.path.hasSuffix(".md") } }
    var sources: [SourceFile] { swiftFiles.filter { $0.path.hasPrefix("Sources/") } }

    func file(_ path: String) -> SourceFile? { files.first { $0.path == path } }

    /// The directory with `Package.swift`, found by walking up from this file.
    static let root: URL = {
        var directory = URL(filePath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: directory.appending(path: "Package.swift").path) {
            precondition(directory.path != "/", "no Package.swift above the tidy tests")
            directory.deleteLastPathComponent()
        }
        return directory
    }()

    static let project = SourceTree(below: root)

    init(files: [SourceFile]) {
        self.files = files
    }

    init(below root: URL) {
        let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isDirectoryKey])
        var files: [SourceFile] = []
        while let url = walk?.nextObject() as? URL {
            let path = url.path.dropFirst(root.path.count).drop { $0 == "/" }
            if Self.isLeftOut(path) {
                walk?.skipDescendants()
            } else if let bytes = try? Data(contentsOf: url), let text = String(data: bytes, encoding: .utf8) {
                files.append(SourceFile(path: String(path), text: text))
            }
        }
        self.files = files.sorted { $0.path < $1.path }
    }

    /// What no rule is about: what git, Swift and a run of `summa` keep beside the sources.
    private static func isLeftOut(_ path: Substring) -> Bool {
        let top = path.prefix { $0 != "/" }
        return top.hasPrefix(".build") || [".git", ".swiftpm", ".summa", ".venv", "Package.resolved"].contains(top)
    }
}
