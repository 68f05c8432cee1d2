/// Why a proof does not prove what it claims.
package enum ProofRejection: Error, Hashable, Sendable {
    /// The leaf, or the older tree, is not within the tree of that size.
    case outsideTheTree(index: UInt64, size: UInt64)
    /// Every tree grows out of the empty one; a proof of that says nothing and is refused.
    case fromTheEmptyTree
    /// Hashes are missing.
    case tooShort
    /// Hashes are left over.
    case tooLong
    /// The hashes lead to another root.
    case otherRoot
}
