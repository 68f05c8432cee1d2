import EventLog
import Foundation

/// The pages of `docs/events`, which are made from the event types and must say what they say.
///
/// A page that is out of date is a test that fails; `SUMMA_WRITE_PAGES=1 swift test` writes it anew. A line that
/// changes or goes where nothing was only added means that a published type was changed, and that is never done.
package enum EventPages {
    /// Whether `docs/events/<module>.md` is the page of these types.
    package static func isCurrent(module: String, contents: [any EventContent.Type]) throws -> Bool {
        let page = EventCatalogue(contents).page(module: module)
        let file = try ProjectFile(path: "docs/events/\(module).md")
        if ProcessInfo.processInfo.environment["SUMMA_WRITE_PAGES"] != nil { try file.write(page) }
        return file.text == page
    }
}

/// A file of this project, by its path from the root, for tests that compare it with what the code says.
package struct ProjectFile {
    /// Thrown when the tests run where their sources are not.
    package struct NoProject: Error {}

    private let location: URL

    package init(path: String) throws {
        var directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: directory.appendingPathComponent("Package.swift").path) {
            guard directory.path != "/" else { throw NoProject() }
            directory.deleteLastPathComponent()
        }
        location = directory.appendingPathComponent(path)
    }

    /// What is in it; nil if there is no such file.
    package var text: String? { try? String(contentsOf: location, encoding: .utf8) }

    package func write(_ text: String) throws {
        try Data(text.utf8).write(to: location)
    }
}
