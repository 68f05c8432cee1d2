/// How far a recovery has come through what there is to ask a provider about.
package struct RecoveryPosition: Hashable, Sendable {
    /// What names payments after a restore, in the order it is gone through.
    ///
    /// Promises come before whatever makes payments anew: of a payment that has just been recovered there is nothing to ask.
    /// Of the promises, those that were captured in part come first, because a whole one may become one of them on the way
    /// and never the other way round.
    enum Source: String, CaseIterable {
        case partlyCapturedPromises = "partly_captured"
        case wholePromises = "authorized"
        /// What the provider told of meanwhile, and found no payment.
        case orphanFacts = "orphan"
        case unexplainedLines = "line"

        /// Nil for the last.
        var next: Source? {
            let all = Self.allCases
            return all.firstIndex(of: self).flatMap { $0 + 1 < all.endIndex ? all[$0 + 1] : nil }
        }
    }

    let source: Source
    /// The last row of it that was looked at; nil where none was yet.
    let last: Int64?

    static let start = RecoveryPosition(.partlyCapturedPromises)

    init(_ source: Source, after last: Int64? = nil) {
        self.source = source
        self.last = last
    }
}

extension RecoveryPosition {
    /// `line:1490000000000000000`, or `line:` where none of them was looked at.
    package var text: String { "\(source.rawValue):\(last.map(String.init) ?? "")" }

    package init?(text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, let source = Source(rawValue: parts[0]) else { return nil }
        let last = Int64(parts[1])
        // One spelling for each number, and none below zero.
        guard last.map({ $0 >= 0 && "\($0)" == parts[1] }) ?? parts[1].isEmpty else { return nil }
        self.init(source, after: last)
    }
}
