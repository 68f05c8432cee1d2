/// Why a text names no currency an amount may be counted in, in the order the checks are made.
package enum CurrencyError: Error, Hashable {
    /// Not 3 to 8 upper-case letters and digits beginning with a letter. The text is not kept: it may be anything.
    case malformed
    /// A well-formed code that is neither ISO 4217 nor a custom asset of this registry.
    case unknown(CurrencyCode)
    /// Withdrawn from ISO 4217, with the month (or span) the agency published; open to old records only.
    case withdrawn(CurrencyCode, since: String)
    /// An ISO 4217 code without a minor unit (XAU, XXX …): nothing whole can be counted in it.
    case noMinorUnit(CurrencyCode)
    /// A custom asset may not take the name of an ISO 4217 code, in use or withdrawn.
    case takenByISO(CurrencyCode)
    /// A custom asset has 0 to 9 digits after the point.
    case exponentOutOfRange(Int)
    /// Two custom assets of one registry have the same name.
    case duplicate(CurrencyCode)
}
