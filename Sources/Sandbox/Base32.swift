/// Crockford's letters for the sandbox's own identifiers.
enum Base32 {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// Thirteen letters for 64 bits, most significant first.
    static func text(_ value: UInt64) -> String {
        String(stride(from: 60, through: 0, by: -5).map { alphabet[Int(value >> UInt64($0) & 31)] })
    }
}
