/// A regular expression as programmers read one: `\b` lies between letters and everything else, also before a dot,
/// and `^` and `$` are the ends of a line.
func pattern(_ text: String) throws -> Regex<AnyRegexOutput> {
    try Regex(text).wordBoundaryKind(.simple).anchorsMatchLineEndings()
}

extension Regex<AnyRegexOutput>.Match {
    /// What a named group took.
    func text(_ group: String) -> String? {
        self[group]?.substring.map(String.init)
    }
}
