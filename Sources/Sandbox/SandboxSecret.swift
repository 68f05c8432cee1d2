/// A text that no log or error may show.
package struct SandboxSecret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { "<redacted>" }
    package var debugDescription: String { description }

    /// Whether both are the same, in a time that does not tell how far they agree.
    func matches(_ offered: String) -> Bool {
        let known = Array(text.utf8)
        let given = Array(offered.utf8)
        var difference = known.count ^ given.count
        for (index, byte) in given.enumerated() {
            difference |= Int(byte ^ (index < known.count ? known[index] : 0))
        }
        return difference == 0
    }
}
