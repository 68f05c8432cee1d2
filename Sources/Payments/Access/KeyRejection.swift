/// Why something asked of a key is refused, in the order checked.
package enum KeyRejection: Error, Hashable {
    case unknownKey(APIKeyID)
    /// A principal has one role: with two, one person would be both who proposes and who approves.
    case principalHasRole(PrincipalName, Role)
    case revoked(APIKeyID)
    /// Whoever made the key, or will act with it, does not approve it.
    case approvesOwn(APIKeyID)
}
