import Payments
import Testing

/// An installation's key as tests have it: one byte, 32 times.
func installationKey(_ byte: UInt8 = 1) throws -> InstallationKey {
    try #require(InstallationKey(bytes: [UInt8](repeating: byte, count: InstallationKey.byteCount)))
}
