import Foundation
import Testing

/// Names of a machine or of one person's disk; the project must build wherever it is cloned.
func machinePaths(in files: [SourceFile]) throws -> [Finding] {
    let path = try pattern(#"(^|[^\w.~:/-])/(work|farm|root|home|Users|private)/[\w.-]+"#)
    return files.flatMap { file in
        file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            line.matches(of: path).map {
                Finding(path: file.path, line: index + 1, what: String(line[$0.range]))
            }
        }
    }
}

/// Packages come from the place their authors publish them, not from somebody's mirror.
func foreignHosts(inManifest manifest: SourceFile) throws -> [Finding] {
    let url = try pattern(#"url:\s*"(?<url>[^"]*)""#)
    return manifest.text.matches(of: url).compactMap { $0.text("url") }
        .filter { !$0.hasPrefix("https://github.com/") }
        .map { Finding(path: manifest.path, line: 1, what: $0) }
}

/// What git keeps although a build, a run or a resolution makes it anew.
func productsKept(in tracked: [String]) -> [String] {
    tracked.filter { path in
        let steps = path.split(separator: "/")
        return steps.contains { $0.hasPrefix(".build") || $0 == ".summa" || $0 == "Package.resolved" }
            || [".sqlite", ".sqlite-wal", ".db", ".profraw", ".o"].contains { path.hasSuffix($0) }
    }
}

/// The paths git tracks; nil where this is not a clone or there is no git.
func trackedPaths() -> [String]? {
    let git = Process()
    let output = Pipe()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "-C", SourceTree.root.path, "ls-files"]
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    guard (try? git.run()) != nil, let bytes = try? output.fileHandleForReading.readToEnd() else { return nil }
    git.waitUntilExit()
    guard git.terminationStatus == 0 else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
}

@Suite("The repository holds sources only")
struct RepositoryTests {
    @Test("no file names a place on somebody's machine")
    func noMachinePaths() throws {
        let paths = try machinePaths(in: SourceTree.project.files)
        #expect(paths == [])
    }

    @Test(
        "a place on a machine is refused, a place on the web is not",
        arguments: [
            ("see /\("work")/a", true), ("'/\("home")/me/x'", true), ("=/\("root")/.cache", true),
            ("https://example.com/\("work")/a", false), ("~/\("work")/a", false), ("a/\("home")/b", false),
            ("/v1/work_items", false),
        ])
    func refusesMachinePaths(text: String, refused: Bool) throws {
        #expect(try machinePaths(in: [SourceFile(path: "a.md", text: text)]).isEmpty != refused)
    }

    @Test("packages come from their authors")
    func hosts() throws {
        let manifest = try #require(SourceTree.project.file("Package.swift"))
        #expect(try foreignHosts(inManifest: manifest) == [])
        let planted = SourceFile(path: "Package.swift", text: #".package(url: "https://mirror.example/a.git")"#)
        #expect(try foreignHosts(inManifest: planted).count == 1)
    }

    @Test("git tracks nothing that is made anew", .enabled(if: trackedPaths() != nil, "not a git clone"))
    func nothingBuilt() throws {
        let tracked = try #require(trackedPaths())
        #expect(tracked.contains("Package.swift"))
        #expect(productsKept(in: tracked) == [])
    }

    @Test(
        "what is made anew is known",
        arguments: [
            ("Package.resolved", true), (".build/debug/a", true), ("Tests/.build-tsan/a", true),
            ("a/book.sqlite", true),
            ("Package.swift", false), ("docs/builds.md", false), ("scripts/build", false),
        ])
    func knowsProducts(path: String, refused: Bool) {
        #expect(productsKept(in: [path]).isEmpty != refused)
    }
}
