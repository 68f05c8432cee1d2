/// A key a provider gave us. Prints redacted.
package struct ProviderCredential: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { "ProviderCredential(redacted)" }
    package var debugDescription: String { description }
}
