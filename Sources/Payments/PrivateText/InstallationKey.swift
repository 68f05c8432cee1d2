import Crypto

/// The installation's own secret, from which every key is derived that protects what is stored: data keys and the secrets we
/// share with providers. It is passed in when the process starts and never stored beside what it protects.
///
/// Who has the database and not this key can read no free text, no callback and no secret. Who loses it has lost them too.
package struct InstallationKey: Sendable {
    package static let byteCount = 32

    private let key: SymmetricKey

    /// Nil for any other number of bytes.
    package init?(bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.byteCount else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// What a derived key is for: one that is used for one thing cannot be tricked into serving another.
    enum Purpose: String {
        case dataKeys = "data keys"
        case providerSecrets = "provider secrets"
    }

    func derived(for purpose: Purpose) -> SealingKey {
        SealingKey(
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key, info: Array("summa 1 \(purpose.rawValue)".utf8), outputByteCount: Self.byteCount)
        )
    }
}

extension InstallationKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "InstallationKey(redacted)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
