import AsyncHTTPClient
import Glibc
import NIOCore
import NIOPosix

/// One exchange with a provider over HTTP, told as what can be known of it afterwards.
package struct ProviderHTTP: Sendable {
    /// Carries a request to the provider, and what is known of it back.
    package typealias Exchange = @Sendable (HTTPClientRequest) async -> Outcome

    private let carry: Exchange

    private static let bodyBytesMax = 1 << 20

    /// - Parameter timeoutSeconds: For the whole exchange. When it is over the request may still be carried out.
    package init(client: HTTPClient, timeoutSeconds: Int64) {
        precondition(timeoutSeconds > 0, "a provider needs some time")
        self.init { await Self.exchange($0, by: client, timeoutSeconds: timeoutSeconds) }
    }

    /// Over something else than sockets: a simulation's network, whose delays and losses are drawn from a seed.
    package init(carry: @escaping Exchange) {
        self.carry = carry
    }

    /// What adapters expect of the client they are given.
    package static var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        // A refused connection is an answer, and a good one: nothing was sent.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Credentials go where they were configured to go, and nowhere else.
        configuration.redirectConfiguration = .disallow
        return configuration
    }

    package enum Outcome: Sendable {
        case answered(status: UInt, body: [UInt8])
        /// No byte of the request was sent.
        case notSent(why: String)
        /// It was sent, or may have been, and no whole answer came.
        case noAnswer(why: String)
    }

    func exchange(_ request: HTTPClientRequest) async -> Outcome { await carry(request) }

    /// Errors are told by their kind: their texts may hold addresses and credentials.
    private static func exchange(
        _ request: HTTPClientRequest, by client: HTTPClient, timeoutSeconds: Int64
    ) async -> Outcome {
        do {
            let response = try await client.execute(request, timeout: .seconds(timeoutSeconds))
            let body = try await response.body.collect(upTo: bodyBytesMax)
            return .answered(status: response.status.code, body: Array(buffer: body))
        } catch {
            return wasNeverSent(error) ? .notSent(why: "not_connected") : .noAnswer(why: kind(of: error))
        }
    }

    /// Only where it is certain: a connection that was never made carries nothing.
    private static func wasNeverSent(_ error: any Error) -> Bool {
        switch error {
        case is NIOConnectionError: true
        case let error as IOError: error.errnoCode == ECONNREFUSED
        case let error as HTTPClientError: error == .connectTimeout
        default: false
        }
    }

    private static func kind(of error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout: "timed_out"
        case is CancellationError: "cancelled"
        default: String(describing: type(of: error))
        }
    }
}
