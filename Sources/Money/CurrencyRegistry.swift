/// The currencies an installation accepts: all of ISO 4217 and the custom assets it was configured with.
///
/// A value that is built once and passed in, so that two books of one process, or two tests, may know different assets.
package struct CurrencyRegistry: Sendable {
    /// ISO 4217 and nothing else.
    package static let iso = CurrencyRegistry()

    private let customAssets: [CurrencyCode: Currency]

    private init() { customAssets = [:] }

    /// ISO 4217 and these assets, made with `Currency.custom`. Throws `duplicate` when two share a name.
    package init(customAssets assets: [Currency]) throws(CurrencyError) {
        var customAssets: [CurrencyCode: Currency] = [:]
        for asset in assets {
            guard customAssets.updateValue(asset, forKey: asset.code) == nil else { throw .duplicate(asset.code) }
        }
        self.customAssets = customAssets
    }

    /// The currency for anything new: withdrawn codes are refused with their month.
    package func currency(_ code: some StringProtocol) throws(CurrencyError) -> Currency {
        try currency(utf8: code.utf8)
    }

    /// The same from bytes, for readers of requests and files that make no string first.
    package func currency(utf8 bytes: some Sequence<UInt8>) throws(CurrencyError) -> Currency {
        try find(bytes, acceptingWithdrawn: false)
    }

    /// The currency of something recorded earlier: withdrawn codes are accepted, with the exponent they had.
    package func recordedCurrency(_ code: some StringProtocol) throws(CurrencyError) -> Currency {
        try find(code.utf8, acceptingWithdrawn: true)
    }

    private func find(_ bytes: some Sequence<UInt8>, acceptingWithdrawn: Bool) throws(CurrencyError) -> Currency {
        guard let code = CurrencyCode(utf8: bytes) else { throw .malformed }
        guard let entry = ISO4217.entry(for: code) else {
            guard let asset = customAssets[code] else { throw .unknown(code) }
            return asset
        }
        if entry.isWithdrawn, !acceptingWithdrawn {
            throw .withdrawn(code, since: ISO4217.withdrawalMonths[code] ?? "")
        }
        guard let exponent = entry.exponent else { throw .noMinorUnit(code) }
        return Currency(code: code, exponent: exponent)
    }
}
