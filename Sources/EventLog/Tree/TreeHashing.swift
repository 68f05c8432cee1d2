import Crypto

/// The three hashes of RFC 6962 §2.1. The prefix byte keeps a leaf from ever being read as an inner node.
extension TreeHash {
    private static let leafPrefix: UInt8 = 0x00
    private static let nodePrefix: UInt8 = 0x01

    /// Plain SHA-256, without a prefix.
    package static func sha256(_ bytes: UnsafeRawBufferPointer) -> TreeHash {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return TreeHash(hasher.finalize())
    }

    package static func sha256(_ bytes: [UInt8]) -> TreeHash {
        bytes.withUnsafeBytes { sha256($0) }
    }

    /// The root of the tree without leaves: SHA-256 of nothing.
    package static let emptyRoot = sha256([])

    /// The leaf of one event: SHA-256(0x00 ‖ bytes).
    package static func leaf(_ bytes: UnsafeRawBufferPointer) -> TreeHash {
        var hasher = SHA256()
        Swift.withUnsafeBytes(of: leafPrefix) { hasher.update(bufferPointer: $0) }
        hasher.update(bufferPointer: bytes)
        return TreeHash(hasher.finalize())
    }

    package static func leaf(_ bytes: [UInt8]) -> TreeHash {
        bytes.withUnsafeBytes { leaf($0) }
    }

    /// The node above two subtrees: SHA-256(0x01 ‖ left ‖ right), as one update over 65 contiguous bytes.
    package static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * byteCount, alignment: 8) { buffer in
            buffer[0] = nodePrefix
            left.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[1...]).copyMemory(from: $0) }
            right.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[(1 + byteCount)...]).copyMemory(from: $0)
            }
            return sha256(UnsafeRawBufferPointer(buffer))
        }
    }

    private init(_ digest: SHA256Digest) {
        guard let hash = digest.withUnsafeBytes({ TreeHash(rawBytes: $0) }) else {
            preconditionFailure("a SHA-256 digest is 32 bytes")
        }
        self = hash
    }
}
