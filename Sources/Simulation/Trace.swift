import Crypto
import JSON
import Storage

/// What happened, a line each: all of it hashed, the last lines kept for whoever has to understand a failure.
final class Trace {
    private var hash = SHA256()
    private var lines: [String] = []
    private let keptMax: Int
    private let show: ((String) -> Void)?
    private(set) var count = 0

    /// - Parameters:
    ///   - keptMax: How many of the last lines are kept.
    ///   - show: Told of each line as it comes.
    init(keptMax: Int, show: ((String) -> Void)? = nil) {
        self.keptMax = keptMax
        self.show = show
    }

    func note(_ line: String) {
        count += 1
        hash.update(data: Array(line.utf8) + [0x0A])
        lines.append(line)
        if lines.count > 2 * keptMax + 64 { lines.removeFirst(lines.count - keptMax) }
        show?(line)
    }

    /// The last lines, the oldest first.
    var tail: [String] { lines.suffix(keptMax) }

    /// SHA-256 over all lines so far.
    var digest: String { Hex.encode(Array(hash.finalize())) }
}
