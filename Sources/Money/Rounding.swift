/// Which whole number stands for a quotient that is not whole. Chosen by name wherever money is divided: no function
/// here has a default for it, since a silent choice is how two systems come to differ by a cent.
///
/// The raw values are the names used in configuration, fee plans and events.
package enum Rounding: String, Sendable, Hashable, CaseIterable {
    /// Toward zero.
    case down
    /// Away from zero.
    case up
    /// Toward minus infinity.
    case floor
    /// Toward plus infinity.
    case ceiling
    /// To the nearest; a half goes away from zero.
    case halfUp = "half_up"
    /// To the nearest; a half goes toward zero.
    case halfDown = "half_down"
    /// To the nearest; a half goes to the even neighbour, so that many roundings do not drift one way.
    case halfEven = "half_even"
}

extension Rounding {
    /// Whether a quotient cut off toward zero must move one step away from zero.
    ///
    /// - Parameters:
    ///   - remainder: what was cut off, below `divisor`; both without sign.
    ///   - isNegative: the sign of the exact quotient, which the cut-off one may have lost by being zero.
    func movesAwayFromZero(remainder: UInt128, divisor: UInt128, isNegative: Bool, quotientIsOdd: Bool) -> Bool {
        guard remainder != 0 else { return false }
        // Compared with what is missing to the next step, since twice the remainder may not fit.
        let missing = divisor - remainder
        return switch self {
        case .down: false
        case .up: true
        case .floor: isNegative
        case .ceiling: !isNegative
        case .halfUp: remainder >= missing
        case .halfDown: remainder > missing
        case .halfEven: remainder > missing || (remainder == missing && quotientIsOdd)
        }
    }
}
