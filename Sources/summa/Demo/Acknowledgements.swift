import Foundation

/// A shop's own record of what it was told was accepted, kept beside the books: whoever compares the two after a crash
/// sees that nothing acknowledged was lost.
final class Acknowledgements: Sendable {
    private let file: FileHandle

    /// - Parameter path: One line for each acknowledgement, `reference,payment`; written to its end.
    init(path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandFailure("cannot write \(path)") }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// One write, so that lines of many callers do not mingle.
    func note(_ reference: String, _ payment: String) throws {
        try file.write(contentsOf: Array("\(reference),\(payment)\n".utf8))
    }
}
