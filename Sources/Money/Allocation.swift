/// Why an amount cannot be split.
package enum AllocationError: Error, Hashable {
    /// No weights, or all of them zero: nobody to give the amount to.
    case nothingToAllocateTo
    case negativeWeight(Int64)
    /// A number of equal parts below 1 or above `Amount.allocationPartsMax`.
    case partsOutOfRange(Int)
}

/// Splitting by largest remainder: every exact share is cut down to whole minor units, and the units left over go one
/// each to the shares that lost most, ties to the lower index. The shares add up to the amount exactly, and none is a
/// whole unit away from its exact value. A negative amount is split as its opposite and negated.
extension Amount {
    /// A limit on equal parts, which are a number from outside and not a list that was already in memory.
    package static let allocationPartsMax = 1_000_000

    /// Shares in proportion to the weights and in their order; a weight of zero gets nothing.
    package func allocated(byWeights weights: [Int64]) throws(AllocationError) -> [Amount] {
        if let negative = weights.first(where: { $0 < 0 }) { throw .negativeWeight(negative) }
        let total = weights.reduce(into: UInt128(0)) { $0 += UInt128($1) }
        guard total > 0 else { throw .nothingToAllocateTo }

        let size = UInt128(minorUnits.magnitude)
        let exact = weights.map { (size * UInt128($0)).quotientAndRemainder(dividingBy: total) }
        var shares = exact.map(\.quotient)
        let leftOver = Int(size - shares.reduce(0, +))
        for index in Self.indices(byFallingRemainder: exact.map(\.remainder)).prefix(leftOver) { shares[index] += 1 }
        return shares.map(signed)
    }

    /// This many parts as equal as can be, the larger ones first.
    package func allocated(parts: Int) throws(AllocationError) -> [Amount] {
        guard (1...Self.allocationPartsMax).contains(parts) else { throw .partsOutOfRange(parts) }
        return try allocated(byWeights: Array(repeating: 1, count: parts))
    }

    /// There are fewer units left over than remainders above zero, so a weight of zero, which has none, is never reached.
    private static func indices(byFallingRemainder remainders: [UInt128]) -> [Int] {
        remainders.indices.sorted { left, right in
            remainders[left] == remainders[right] ? left < right : remainders[left] > remainders[right]
        }
    }

    /// A share is no larger than this amount, so with this amount's sign it fits.
    private func signed(_ share: UInt128) -> Amount {
        let units = isNegative ? -Int128(share) : Int128(share)
        return Amount(minorUnits: Int64(units), currency: currency)
    }
}
