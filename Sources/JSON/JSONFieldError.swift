/// What is wrong with one member of an object that is sound JSON, named by its path.
package enum JSONFieldError: Error, Hashable, Sendable {
    /// A member nobody knows: a caller's mistake in writing must not pass for an option left out.
    case unknown(JSONPath)
    case missing(JSONPath)
    case wrongType(JSONPath, expected: JSONType, found: JSONType)
    /// Written with a fraction, an exponent, a sign or zeros in front, or not as digits at all.
    case notAnInteger(JSONPath)
    /// A whole number that does not fit in 64 bits.
    case integerOutOfRange(JSONPath)
    /// Longer than `max` Unicode scalars.
    case tooLong(JSONPath, max: Int)
    /// More than `max` elements or members.
    case tooMany(JSONPath, max: Int)

    package var path: JSONPath {
        switch self {
        case .unknown(let path), .missing(let path), .wrongType(let path, _, _), .notAnInteger(let path),
            .integerOutOfRange(let path), .tooLong(let path, _), .tooMany(let path, _):
            path
        }
    }
}

extension JSONFieldError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown(let path): "\(path) is not known here"
        case .missing(let path): "\(path) is missing"
        case .wrongType(let path, let expected, let found): "\(path) must be of type \(expected), not \(found)"
        case .notAnInteger(let path): "\(path) must be a whole number, without fraction or exponent"
        case .integerOutOfRange(let path): "\(path) does not fit in 64 bits"
        case .tooLong(let path, let max): "\(path) is longer than \(max) characters"
        case .tooMany(let path, let max): "\(path) holds more than \(max) items"
        }
    }
}
