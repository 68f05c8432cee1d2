/// One format files come in. A later one (MT940, BAI2, another provider's report) is a type of its own and a line in `all`.
package protocol StatementFormat: Sendable {
    /// The format's name where a statement is shown, `sandbox_settlement`. Never changed: it stands in events.
    var name: String { get }

    /// Whether a file that begins like this is meant to be of this format. Not whether it is whole: that is told by reading it,
    /// so that a file with one wrong column is refused for that column and not as unknown.
    /// - Parameter beginning: The first bytes, at most `StatementFormats.beginningMax`.
    func recognises(_ beginning: ArraySlice<UInt8>) -> Bool

    /// Reads and checks the whole file.
    /// - Throws: The first thing that is wrong, with its line.
    func read(_ bytes: [UInt8]) throws(StatementRejection) -> StatementContent
}

/// The formats we read.
package enum StatementFormats {
    package static let beginningMax = 2_048

    package static let all: [any StatementFormat] = [
        SandboxSettlementFormat(), SandboxBankFormat(), StripeItemizedFormat(), AdyenSettlementFormat(),
        Camt053Format(),
    ]

    /// Reads a file in the format it begins like.
    package static func read(_ bytes: [UInt8]) throws(StatementRejection) -> (format: String, content: StatementContent)
    {
        guard !bytes.isEmpty else { throw StatementRejection(line: nil, .malformedText(.empty)) }
        guard let format = all.first(where: { $0.recognises(bytes.prefix(beginningMax)) }) else {
            throw StatementRejection(line: nil, .unknownFormat)
        }
        return (format.name, try format.read(bytes))
    }
}

extension StatementFormat {
    /// Whether a file begins with these words, behind a byte order mark or none.
    func begins(_ beginning: ArraySlice<UInt8>, with words: String) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return (beginning.starts(with: mark) ? beginning.dropFirst(mark.count) : beginning).starts(with: words.utf8)
    }
}
