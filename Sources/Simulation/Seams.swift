import Delivery
import EventLog
import Payments
import Storage

/// Where a test may put something wrong in place of what is right, to see whether the simulation notices. Each is a seam the
/// product has anyway: the simulation itself always uses the real thing.
package struct Seams: Sendable {
    /// Between the engine and the connection to the database.
    package var connection: @Sendable (any WriterConnection) -> any WriterConnection = { $0 }
    /// What extends the tree.
    package var log: any LogExtension = MerkleLog()
    /// Who speaks with the provider.
    package var provider: @Sendable (any PaymentProvider) -> any PaymentProvider = { $0 }
    /// What follows the log and passes it on.
    package var relay: @Sendable (Database, any EventPublisher) -> Worker = { Relay(from: $0, to: $1).worker }
    /// What the view of payments is built by.
    package var projection: any Projection = PaymentViewProjection()

    package init() {}
}
