import Testing

/// A file is one idea. These are longer than one, each with a reason that could be said aloud; usually a table.
let longFiles: [String: String] = [:]

/// The most lines a Swift file may have without a reason. Most want to be near a hundred.
let linesMax = 400

func filesTooLong(in files: [SourceFile], allowing reasons: [String: String]) -> [Finding] {
    files.filter { $0.lineCount > linesMax && reasons[$0.path] == nil }
        .map { Finding(path: $0.path, line: $0.lineCount, what: "longer than \(linesMax) lines") }
}

func filesNamedAfterNothing(in files: [SourceFile]) throws -> [Finding] {
    let empty = try pattern(#"(Util|Utils|Utility|Helper|Helpers|Common|Misc|Manager|Stuff|Data|Info)\.swift$"#)
        .ignoresCase()
    return files.filter { $0.name.contains(empty) }
        .map { Finding(path: $0.path, line: 1, what: "a name that says nothing") }
}

@Suite("Files are one idea each")
struct LayoutTests {
    @Test("no file is too long without a reason")
    func lengths() {
        #expect(filesTooLong(in: SourceTree.project.swiftFiles, allowing: longFiles) == [])
    }

    @Test("every reason for a long file is still needed")
    func reasonsAreNeeded() {
        for path in longFiles.keys {
            #expect((SourceTree.project.file(path)?.lineCount ?? 0) > linesMax, "\(path)")
        }
    }

    @Test("no file is named after nothing")
    func names() throws {
        let named = try filesNamedAfterNothing(in: SourceTree.project.swiftFiles)
        #expect(named == [])
    }

    @Test("the line after the last allowed one is refused, unless a reason is given")
    func lengthBoundary() {
        let longest = SourceFile(path: "a.swift", text: String(repeating: "x\n", count: linesMax))
        let longer = SourceFile(path: "b.swift", text: String(repeating: "x\n", count: linesMax + 1))
        #expect(filesTooLong(in: [longest, longer], allowing: [:]).map(\.path) == ["b.swift"])
        #expect(filesTooLong(in: [longest, longer], allowing: ["b.swift": "a table"]).isEmpty)
    }

    @Test(
        "an empty name is refused where it is the whole word",
        arguments: [
            ("MoneyUtils.swift", true), ("helpers.swift", true), ("Manager.swift", true), ("CardData.swift", true),
            ("Database.swift", false), ("DataKey.swift", false), ("Commonwealth.swift", false),
        ])
    func nameBoundary(name: String, refused: Bool) throws {
        let file = SourceFile(path: "Sources/Money/\(name)", text: "")
        #expect(try filesNamedAfterNothing(in: [file]).isEmpty != refused)
    }
}
