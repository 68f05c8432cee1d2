/// Where random bytes come from: keys, salts, request ids. Passed in, so that a test or a simulation can repeat itself; in
/// production it is the operating system's cryptographic source.
package protocol RandomSource: Sendable {
    func bytes(_ count: Int) -> [UInt8]
}
