import Ledger
import Storage

/// Which payments are wanted; what is nil lets all through.
package struct PaymentFilter: Hashable, Sendable {
    package var status: PaymentStatus?
    package var merchant: PathSegment?
    package var reference: ExternalID?
    /// Included.
    package var createdFrom: Instant?
    /// Excluded.
    package var createdBefore: Instant?

    package init(
        status: PaymentStatus? = nil, merchant: PathSegment? = nil, reference: ExternalID? = nil,
        createdFrom: Instant? = nil, createdBefore: Instant? = nil
    ) {
        self.status = status
        self.merchant = merchant
        self.reference = reference
        self.createdFrom = createdFrom
        self.createdBefore = createdBefore
    }
}
