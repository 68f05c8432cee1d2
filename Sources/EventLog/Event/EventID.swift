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
        String(unsafeUninitializedCapacity: Self.sequenceDigitCount) { buffer in
            Self.write(sequence, digitCount: Self.sequenceDigitCount, to: buffer[...])
            return Self.sequenceDigitCount
        }
    }

    /// Writes the padded sequence into memory for `sequenceDigitCount` bytes. Answers how many they are.
    func writePaddedSequence(to start: UnsafeMutablePointer<UInt8>) -> Int {
        let buffer = UnsafeMutableBufferPointer(start: start, count: Self.sequenceDigitCount)
        Self.write(sequence, digitCount: Self.sequenceDigitCount, to: buffer[...])
        return Self.sequenceDigitCount
    }

    static let sequenceDigitCount = 19
}

extension EventID: CustomStringConvertible {
    /// Written by hand, since interpolation would take a quarter of the time an event takes.
    package var description: String {
        let separator = UInt8(ascii: "/")
        let bookCount = book.utf8.count
        let epochCount = Self.digitCount(of: epoch)
        let sequenceCount = Self.digitCount(of: sequence)
        let count = bookCount + epochCount + sequenceCount + 2
        return String(unsafeUninitializedCapacity: count) { buffer in
            _ = buffer.initialize(fromContentsOf: book.utf8)
            buffer[bookCount] = separator
            Self.write(epoch, digitCount: epochCount, to: buffer[(bookCount + 1)...])
            buffer[bookCount + 1 + epochCount] = separator
            Self.write(sequence, digitCount: sequenceCount, to: buffer[(count - sequenceCount)...])
            return count
        }
    }

    private static func digitCount(of number: Int64) -> Int {
        var count = 1
        var rest = number / 10
        while rest > 0 {
            count += 1
            rest /= 10
        }
        return count
    }

    /// Fills so many digits from the start of `buffer`, with zeros in front.
    private static func write(
        _ number: Int64, digitCount: Int, to buffer: Slice<UnsafeMutableBufferPointer<UInt8>>
    ) {
        var rest = number.magnitude
        for place in stride(from: buffer.startIndex + digitCount - 1, through: buffer.startIndex, by: -1) {
            buffer.base[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
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
