import EventLog
import NIOCore

/// Where a connection comes from, as far as it may be kept: a network and never a whole address, which can be a person's.
package enum ClientNetwork {
    package static let unknown: AllowedText = "unknown"

    /// `203.0.113.0/24` or `2001:db8:77::/48`.
    package static func text(of address: SocketAddress?) -> AllowedText {
        switch address {
        case .v4(let address): text(ofIPv4: withUnsafeBytes(of: address.address.sin_addr) { Array($0) })
        case .v6(let address): text(ofIPv6: withUnsafeBytes(of: address.address.sin6_addr) { Array($0) })
        case .unixDomainSocket: "local"
        case nil: unknown
        }
    }

    package static func text(ofIPv4 bytes: [UInt8]) -> AllowedText {
        AllowedText("\(bytes[0]).\(bytes[1]).\(bytes[2]).0/24") ?? unknown
    }

    package static func text(ofIPv6 bytes: [UInt8]) -> AllowedText {
        let groups = [0, 2, 4].map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
        return AllowedText("\(groups.joined(separator: ":"))::/48") ?? unknown
    }
}
