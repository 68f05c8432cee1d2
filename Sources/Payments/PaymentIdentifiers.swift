import Storage

/// A payment.
package struct PaymentID: Identifier {
    package static let prefix = "pay"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// One authorization, capture, void or refund of a payment.
package struct PaymentOperationID: Identifier {
    package static let prefix = "opr"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A refund, as callers name it: the same number as its operation, so that neither needs the other looked up.
package struct RefundID: Identifier {
    package static let prefix = "rfd"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A dispute of a payment.
package struct DisputeID: Identifier {
    package static let prefix = "dsp"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// One thing we ask a provider to do. The command's text is the reference the provider knows us by.
package struct ProviderCommandID: Identifier {
    package static let prefix = "cmd"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A provider's word about a payment we do not know yet.
package struct OrphanFactID: Identifier {
    package static let prefix = "orf"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A merchant.
package struct MerchantID: Identifier {
    package static let prefix = "mer"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Our contract with a provider.
package struct ProviderAccountID: Identifier {
    package static let prefix = "pva"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Something a provider told us.
package struct NotificationID: Identifier {
    package static let prefix = "ntf"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Something that waits for a person.
package struct WorkItemID: Identifier {
    package static let prefix = "wrk"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A caller's key that was used.
package struct IdempotencyClaimID: Identifier {
    package static let prefix = "idc"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}
