/// The name of an event among all events of all time: `main/1/42`, which is book, epoch of its log, and sequence.
package struct EventID: Hashable, Sendable {
    package let book: String
    /// Which life of the log; raised when a restore cut it, so that a forgotten event and its successor differ.
    package let epoch: Int64
    /// 1, 2, 3 … without a gap.
    package let sequence: Int64

    package init(book: String, epoch: Int64, sequence: Int64) {
        self.book = book
        self.epoch = epoch
        self.sequence = sequence
    }

    /// Reads the text form; nil for another count of parts, an empty book, or numbers that are not plain digits from 1 up.
    package init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 3, !parts[0].isEmpty, let epoch = Self.number(parts[1]),
            let sequence = Self.number(parts[2])
        else { return nil }
        self.init(book: parts[0], epoch: epoch, sequence: sequence)
    }

    private static func number(_ text: String) -> Int64? {
        guard let value = UInt64(plainDigits: text), value >= 1 else { return nil }
        return Int64(exactly: value)
    }

    /// The CloudEvents `source`: the book, which is what sequences count in.
    package var source: String { "/books/\(book)" }

    /// Names the log of this book and epoch in checkpoints.
    package var origin: String { LogOrigin(book: book, epoch: epoch).description }

    /// The sequence as CloudEvents' sequence extension wants it: a text that sorts as the numbers do, so all 19 digits.
    package var paddedSequence: String {
        let digits = String(sequence)
        return String(repeating: "0", count: 19 - digits.count) + digits
    }
}

extension EventID: CustomStringConvertible {
    package var description: String { "\(book)/\(epoch)/\(sequence)" }
}

/// The origin line of our checkpoints: `summa/<book>/<epoch>`.
package struct LogOrigin: Hashable, Sendable, CustomStringConvertible {
    package let book: String
    package let epoch: Int64

    package init(book: String, epoch: Int64) {
        self.book = book
        self.epoch = epoch
    }

    /// Reads the text form; nil for the origin of another kind of log.
    package init?(text: String) {
        let prefix = "summa/"
        guard text.hasPrefix(prefix), let id = EventID(text: text.dropFirst(prefix.count) + "/1") else { return nil }
        self.init(book: id.book, epoch: id.epoch)
    }

    package var description: String { "summa/\(book)/\(epoch)" }
}
