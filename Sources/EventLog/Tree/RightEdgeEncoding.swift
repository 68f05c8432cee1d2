/// The bytes of a right edge in the head row: the size as eight bytes, big-endian, then the subtrees' hashes.
extension RightEdge {
    private static let sizeByteCount = 8

    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.sizeByteCount + subtrees.count * TreeHash.byteCount)
        withUnsafeBytes(of: size.bigEndian) { bytes.append(contentsOf: $0) }
        for subtree in subtrees { subtree.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// Reads what `encoded` wrote. No bytes at all are the empty tree, the state of a book before its first event.
    /// Nil when the number of hashes is not what the size asks for: such a head disagrees with itself.
    package init?(encoded bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            self.init()
            return
        }
        guard bytes.count >= Self.sizeByteCount else { return nil }
        let size = bytes.prefix(Self.sizeByteCount).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard bytes.count == Self.sizeByteCount + size.nonzeroBitCount * TreeHash.byteCount else { return nil }
        let subtrees = stride(from: Self.sizeByteCount, to: bytes.count, by: TreeHash.byteCount).compactMap {
            TreeHash(bytes[$0..<$0 + TreeHash.byteCount])
        }
        self.init(size: size, subtrees: subtrees)
    }
}
