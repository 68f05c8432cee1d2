import Foundation

/// Published test vectors, kept beside the project rather than in it: `../shared/data` from the project's root,
/// or wherever `SUMMA_SHARED_DATA` points (a worktree lies elsewhere).
///
/// They are not part of a clone, so a suite that reads them says
/// `.enabled(if: SharedVectors.present, "the shared test vectors are not here")` and our own tests of the same rules
/// stand beside it.
package enum SharedVectors {
    /// Whether the vectors are on this machine at all.
    package static var present: Bool { directory != nil }

    /// Decodes one JSON file, named by its path below the vectors' directory (`money/rounding.json`).
    package static func json<T: Decodable>(_ path: String, as type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(type, from: contents(path))
    }

    /// The exact bytes of one file, for vectors where bytes are the point.
    package static func bytes(_ path: String) throws -> [UInt8] {
        try [UInt8](contents(path))
    }

    /// The names of the files in one directory of vectors, sorted so that runs are alike.
    package static func files(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: location(path).path).sorted()
    }

    /// Thrown when a vector is read although `present` said there are none.
    package struct Absent: Error {
        package let path: String
    }

    private static func contents(_ path: String) throws -> Data {
        try Data(contentsOf: location(path))
    }

    private static func location(_ path: String) throws -> URL {
        guard let directory else { throw Absent(path: path) }
        return directory.appendingPathComponent(path)
    }

    private static let directory: URL? = {
        let named = ProcessInfo.processInfo.environment["SUMMA_SHARED_DATA"].map { URL(fileURLWithPath: $0) }
        let beside = projectRoot?.deletingLastPathComponent().appendingPathComponent("shared/data")
        return [named, beside].compactMap(\.self).first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    /// The nearest directory above this file that holds the manifest.
    private static let projectRoot: URL? = {
        var directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while directory.path != "/" {
            let manifest = directory.appendingPathComponent("Package.swift")
            if FileManager.default.fileExists(atPath: manifest.path) { return directory }
            directory.deleteLastPathComponent()
        }
        return nil
    }()
}
