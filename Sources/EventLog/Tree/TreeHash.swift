import JSON

/// A SHA-256 value in the Merkle tree: 32 bytes, kept as four words so that it is trivial to copy and compare.
///
/// The words hold the bytes in memory order; nothing reads them as numbers, so the machine's byte order does not matter.
package struct TreeHash: Hashable, Sendable {
    package static let byteCount = 32

    private var words: Words

    private struct Words: Hashable, Sendable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var fourth: UInt64 = 0
    }

    /// Takes exactly 32 bytes; anything shorter or longer is no hash. Proofs from outside enter here.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init { buffer in buffer.copyBytes(from: bytes) }
    }

    package init?(rawBytes: UnsafeRawBufferPointer) {
        guard rawBytes.count == Self.byteCount else { return nil }
        self.init { buffer in buffer.copyMemory(from: rawBytes) }
    }

    private init(filling fill: (UnsafeMutableRawBufferPointer) -> Void) {
        words = Words()
        Swift.withUnsafeMutableBytes(of: &words, fill)
    }

    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try Swift.withUnsafeBytes(of: words, body)
    }

    package var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}

/// The text form: standard base64, as it stands in checkpoints and proofs.
extension TreeHash: CustomStringConvertible {
    package var description: String { Base64.standard.encode(bytes) }

    /// Reads what `description` writes; nil for any other spelling and any other length.
    package init?(base64 text: some StringProtocol) {
        guard let bytes = Base64.standard.decode(String(text)) else { return nil }
        self.init(bytes)
    }
}
