/// What keeps a sandbox from starting or serving.
package enum SandboxFault: Error, Hashable {
    /// The file refuses the settings under which an answered request survives a power cut.
    case notDurable
    /// A row says something this program has no word for.
    case unreadableRow(table: String)
    /// The callback secret is not `whsec_` and the base64 of at least 24 bytes.
    case malformedCallbackSecret
    /// The callback address is not an http or https URL.
    case malformedCallbackURL
    case stopped
}
