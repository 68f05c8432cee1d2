import JSON

/// Texts that are not JSON. Where it goes wrong is told by byte; what stands there is not.
extension JSONError: ProblemConvertible {
    var problem: Problem {
        switch kind {
        case .duplicateMember:
            return Problem(.memberDuplicate, "\(path) stands twice in one object", param: path.description)
        default:
            return Problem(.jsonMalformed, "\(kind.sentence) at byte \(offset)")
        }
    }
}

extension JSONError.Kind {
    fileprivate var sentence: String {
        switch self {
        case .unexpectedEnd: "the text ends too early"
        case .unexpectedByte: "a byte that JSON does not allow stands"
        case .trailingBytes: "something follows the value"
        case .byteOrderMark: "a byte order mark stands"
        case .invalidUTF8: "bytes that are not UTF-8 stand"
        case .controlCharacter: "a control character stands unescaped"
        case .invalidEscape: "an escape that JSON does not know stands"
        case .loneSurrogate: "half of a surrogate pair stands"
        case .invalidNumber: "a number is malformed"
        case .tooDeep(let limit): "more than \(limit) levels stand inside one another"
        case .duplicateMember: "a member stands twice"
        case .wrongType(let expected, let found): "\(expected) was expected, not \(found),"
        case .notAnInteger: "a whole number was expected"
        case .integerOutOfRange: "a number is too large"
        }
    }
}

/// Sound JSON that is not what the route reads.
extension JSONFieldError: ProblemConvertible {
    var problem: Problem {
        let param = path == .root ? nil : path.description
        let detail = param == nil ? "the body must be a JSON object" : description
        return Problem(code, detail, param: param)
    }

    private var code: ProblemCode {
        switch self {
        case .unknown: .memberUnknown
        case .missing: .memberMissing
        case .wrongType: .memberWrongType
        case .notAnInteger: .integerMalformed
        case .integerOutOfRange: .integerOutOfRange
        case .tooLong: .memberTooLong
        case .tooMany: .memberTooMany
        }
    }
}
