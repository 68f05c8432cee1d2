/// A Swift file taken apart, so that a rule about code is not fooled by prose, nor the other way round.
///
/// `code` and `comments` keep the lines of the file, with everything else blank; an interpolation inside a literal
/// counts as code. Regular expression literals are not known: a lone quotation mark in one would be read as a string.
struct SwiftText: Sendable {
    /// The text between the quotation marks, escapes and interpolations replaced by a blank.
    struct Literal: Sendable {
        let line: Int
        let text: String
    }

    let code: String
    let comments: String
    let literals: [Literal]

    init(_ text: String) {
        var scanner = SwiftScanner(bytes: Array(text.utf8))
        scanner.scanCode(insideInterpolation: false)
        code = String(decoding: scanner.code, as: UTF8.self)
        comments = String(decoding: scanner.comments, as: UTF8.self)
        literals = scanner.literals
    }
}
