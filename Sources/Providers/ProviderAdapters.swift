import AsyncHTTPClient
import Payments

/// The adapters there are, each by the name of its provider.
package struct ProviderAdapters: Sendable {
    private let client: HTTPClient
    private let timeoutSeconds: Int64
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - client: Configured as `ProviderHTTP.clientConfiguration`; its owner shuts it down.
    ///   - timeoutSeconds: For each exchange. Past it the outcome is in doubt. Shorter than a claim's lease.
    package init(client: HTTPClient, timeoutSeconds: Int64 = 5, now: @escaping @Sendable () -> Instant) {
        self.client = client
        self.timeoutSeconds = timeoutSeconds
        self.now = now
    }

    /// Nil when nothing here speaks that provider's language.
    package func adapter(for contract: ProviderContract) -> (any PaymentProvider)? {
        switch contract.account.provider.text {
        case ProviderAccount.sandbox:
            SandboxProvider(
                baseURL: contract.connection.baseURL, key: contract.connection.credential, client: client,
                timeoutSeconds: timeoutSeconds, now: now)
        default: nil
        }
    }
}
