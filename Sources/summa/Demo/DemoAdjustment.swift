import JSON

/// Which adjustments a person at the demo's desk would propose: what the bank kept, and what is smaller than a coin. All
/// other differences wait for the provider's word or the next file.
enum DemoAdjustment {
    private static let proposed = ["rounding", "bank_fee"]

    /// What to propose for a break; nil where nothing may be done today.
    static func kind(for found: JSONValue) -> String? {
        let allowed = found["proposable"]?.array?.compactMap(\.string) ?? []
        return proposed.first(where: allowed.contains)
    }
}
